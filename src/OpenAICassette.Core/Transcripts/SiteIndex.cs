using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using OpenAICassette.Formats;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Writes the index of a site: a page that shows a hundred conversations at a time, and beside it scripts with the rows
/// and, in parts that are loaded when they are needed, with the words of all texts. Scripts, because a page that was
/// opened from a folder may load nothing else.
/// </summary>
internal sealed class SiteIndex
{
    private const string DataFolder = "index-data";
    private const int RowsOfFile = 2000;
    private const int MostShards = 256;
    private const int ConversationsOfShard = 64;
    private static readonly string s_scriptHash = HtmlPage.HashOf(PageScript.Index);
    private static readonly JavaScriptEncoder s_encoder = JavaScriptEncoder.Create(
        System.Text.Unicode.UnicodeRanges.All
    );

    private readonly List<(string Path, SiteEntry Entry)> _rows = [];
    private readonly Dictionary<string, Places> _words = new(StringComparer.Ordinal);

    /// <summary>Gets the rows, in order.</summary>
    public IReadOnlyList<(string Path, SiteEntry Entry)> Rows => _rows;

    /// <summary>Adds a conversation.</summary>
    /// <param name="path">The path of its page in the site.</param>
    /// <param name="entry">Its row.</param>
    /// <param name="words">The words by which it is found.</param>
    public void Add(string path, SiteEntry entry, IReadOnlyCollection<string> words)
    {
        var id = _rows.Count;
        _rows.Add((path, entry));
        foreach (var word in words)
        {
            if (!_words.TryGetValue(word, out var places))
            {
                places = _words[word] = new Places();
            }

            places.Add(id);
        }
    }

    /// <summary>Writes the page and its data.</summary>
    /// <param name="folder">The folder of the site.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="CassetteException">A file could not be written.</exception>
    public void Write(string folder, CancellationToken cancellation)
    {
        var files = (_rows.Count + RowsOfFile - 1) / RowsOfFile;
        for (var file = 0; file < files; file++)
        {
            var text = RowsText(_rows.Skip(file * RowsOfFile).Take(RowsOfFile));
            WriteScript(folder, $"rows-{Number(file)}", $"cassetteRows({Quoted(text)})", cancellation);
        }

        var shards = Math.Clamp(_rows.Count / ConversationsOfShard, 1, MostShards);
        var words = _words
            .GroupBy(word => ShardOf(word.Key, shards))
            .ToDictionary(shard => shard.Key, shard => shard.ToList());
        for (var shard = 0; shard < shards; shard++)
        {
            var lines = words
                .GetValueOrDefault(shard, [])
                .OrderBy(word => word.Key, StringComparer.Ordinal)
                .Select(word => $"{word.Key}\t{word.Value.Ids}");
            var text = $"cassetteWords({Number(shard)},{Quoted(string.Join('\n', lines))})";
            WriteScript(folder, $"words-{Number(shard)}", text, cancellation);
        }

        var page = Encoding.UTF8.GetBytes(Page(files, shards));
        AtomicFile.Write(Path.Join(folder, "index.html"), page, cancellation, below: folder);
    }

    private string Page(int files, int shards)
    {
        var html = new StringBuilder();
        var title = TranscriptRenderer.Count(_rows.Count, "conversation");
        HtmlPage.Begin(html, title, $"'sha256-{s_scriptHash}' 'self'");
        html.Append(
            """
            <input class="filter" id="q" type="search" placeholder="Search in all texts, tools, tests and files" aria-label="Search">
            <div class="tools"><select id="model" aria-label="Model"></select><select id="endpoint" aria-label="Endpoint"></select><select id="status" aria-label="Status"></select><select id="tool" aria-label="Tool"></select><input id="test" list="tests" placeholder="any test" aria-label="Test"><datalist id="tests"></datalist><select id="group" aria-label="Group"><option value="">not grouped</option><option value="folder">by folder</option><option value="test">by test</option><option value="model">by model</option></select></div>
            <output class="found" aria-live="polite">loading…</output>
            <noscript><p>The list needs its script. The pages beside it do not.</p></noscript>
            <table class="rows"><thead><tr><th class="asked"><button>question</button></th><th class="said"><button>answer</button></th><th class="model"><button>model</button></th><th class="status"><button>status</button></th><th class="tokens"><button>tokens</button></th><th class="time"><button>time</button></th><th class="file"><button>file</button></th></tr></thead><tbody></tbody></table>
            <div class="pages" hidden><button id="prev">previous</button><output id="page"></output><button id="next">next</button></div>

            """
        );
        html.Append("<script type=\"application/json\" id=\"site\">")
            .Append(
                CultureInfo.InvariantCulture,
                $$"""{"files":{{files}},"shards":{{shards}},"total":{{_rows.Count}}}"""
            )
            .Append("</script>\n");
        HtmlPage.End(html, PageScript.Index, PageStyle.Index);
        return html.ToString();
    }

    /// <summary>Returns rows as lines: the values that repeat, then a line for each row that refers to them.</summary>
    private static string RowsText(IEnumerable<(string Path, SiteEntry Entry)> rows)
    {
        var values = new Dictionary<string, int>(StringComparer.Ordinal);
        var lines = new StringBuilder();
        foreach (var (path, entry) in rows)
        {
            // The address of most pages follows from the path.
            var title = Field(entry.Title);
            lines.Append('\n').Append(title).Append('\t');
            lines.Append(path == title + ".html" ? string.Empty : TranscriptSite.Address(path)).Append('\t');
            lines.Append(Field(entry.Asked)).Append('\t').Append(Field(entry.Said)).Append('\t');
            foreach (var choice in entry.Choices)
            {
                values.TryAdd(Field(choice), values.Count);
                AppendBase36(lines, values[Field(choice)]);
                lines.Append('\t');
            }

            lines.AppendJoin('\t', entry.Numbers).Append('\t').Append(entry.HasFailed ? '1' : '0');
        }

        return string.Join('\t', values.Keys) + lines;
    }

    /// <summary>Returns a text in which no character separates fields or rows.</summary>
    private static string Field(string text) => InertText.Of(text.ReplaceLineEndings(" ").Replace('\t', ' '));

    private static int ShardOf(string word, int shards) => ((word[0] * 31) + (word.Length > 1 ? word[1] : 0)) % shards;

    private static void AppendBase36(StringBuilder text, int number)
    {
        Span<char> digits = stackalloc char[7];
        var at = digits.Length;
        do
        {
            digits[--at] = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
            number /= 36;
        } while (number > 0);
        text.Append(digits[at..]);
    }

    /// <summary>Returns a text as a literal of JavaScript, in which nothing has a meaning to HTML either.</summary>
    private static string Quoted(string text) => $"\"{s_encoder.Encode(text)}\"";

    private static void WriteScript(string folder, string name, string text, CancellationToken cancellation) =>
        AtomicFile.Write(
            Path.Join(folder, DataFolder, $"{name}.js"),
            Encoding.UTF8.GetBytes(text),
            cancellation,
            below: folder
        );

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The conversations in which a word occurs, each as the distance from the one before, which is mostly one digit.
    /// </summary>
    private sealed class Places
    {
        private int _last;

        public StringBuilder Ids { get; } = new(8);

        public void Add(int id)
        {
            AppendBase36(Ids.Length > 0 ? Ids.Append(' ') : Ids, id - _last);
            _last = id;
        }
    }
}
