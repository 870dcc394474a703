using System.Text;
using System.Text.Unicode;
using OpenAICassette.Formats.Yaml;
using OpenAICassette.Redaction.Layers;
using OpenAICassette.Redaction.Rules;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction;

/// <summary>
/// Scans one document: each of its strings, what strings contain in encoded form, and what the chunks of its streams
/// spell. Findings can then be replaced, through all layers, down to the bytes.
/// </summary>
internal sealed class DocumentScan
{
    private const int DeepestEscapes = 6;
    private const int DeepestDocuments = 64;

    private readonly ReadOnlyMemory<byte> _file;
    private readonly string _where;
    private readonly SecretRules _rules;
    private readonly CancellationToken _cancellation;
    private readonly List<SecretHit> _hits = [];
    private readonly List<ILayer> _layers = [];
    private readonly Queue<(TextLayer Layer, NameKind Kind)> _open = [];
    private JsonDocumentLayer? _document;
    private FileLayer? _text;
    private AllowComments? _comments;
    private readonly ScanBudget _budget;
    private readonly List<UInt128> _long = [];

    private DocumentScan(ReadOnlyMemory<byte> file, string where, SecretRules rules, CancellationToken cancellation)
    {
        _file = file;
        _where = where;
        _rules = rules;
        _cancellation = cancellation;
        _budget = new ScanBudget(file.Length);
    }

    /// <summary>Gets the file's JSON; undefined if it is not JSON.</summary>
    public JsonValue Root { get; private set; }

    /// <summary>Gets the nodes of a file that is not JSON; null if YAML cannot be read here.</summary>
    public YamlTree? Yaml { get; private set; }

    /// <summary>Gets what an edit of a YAML file must not change: the kind and nesting of its nodes.</summary>
    public string Outline => Yaml?.Outline() ?? string.Empty;

    /// <summary>Gets the findings in file order.</summary>
    public IReadOnlyList<SecretHit> Hits => _hits;

    /// <summary>Gets the minimum length of a text that can contain a secret.</summary>
    public int ShortestText => _rules.ShortestText;

    /// <summary>Scans a document.</summary>
    /// <param name="file">The document's bytes, JSON or any other text.</param>
    /// <param name="where">What to call the document in errors.</param>
    /// <param name="yaml">The document's nodes if it is YAML and was read before; null to read them.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="cancellation">Stops between texts.</param>
    /// <exception cref="ScanLimitException">The document could not be scanned completely.</exception>
    /// <exception cref="CassetteException">The document is YAML, which cannot be read here.</exception>
    public static DocumentScan Of(
        ReadOnlyMemory<byte> file,
        string where,
        YamlTree? yaml,
        SecretRules rules,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        var scan = new DocumentScan(file, where, rules, cancellation);
        var mark = JsonText.MarkLength(file.Span);
        scan.Root = JsonValue.ParseOrUndefined(file, mark);
        if (scan.Root.Exists)
        {
            scan.Enter(scan._document = new JsonDocumentLayer(scan.Root));
        }
        else if (Utf8.IsValid(file.Span))
        {
            scan.Yaml = yaml;
            scan.Add(scan._text = new FileLayer(file, yaml?.Text), NameKind.Plain);
        }

        scan.Run();
        return scan;
    }

    /// <summary>Drops the findings that stay in the document.</summary>
    public void Keep(Predicate<SecretHit> keeps) => _hits.RemoveAll(keeps);

    /// <summary>Returns the document with every secret replaced.</summary>
    /// <param name="placeholder">Returns the replacement of a secret.</param>
    public byte[] Replace(Func<SecretHit, string> placeholder)
    {
        foreach (var hit in _hits)
        {
            hit.Layer.Replace(new TextEdit(hit.Start, hit.Value.Length, placeholder(hit)));
        }

        // The layer that was opened last is closed first.
        for (var i = _layers.Count - 1; i >= 0; i--)
        {
            _layers[i].PushDown();
        }

        return ByteEdit.Apply(_file.Span, _document?.Edits ?? (IEnumerable<ByteEdit>?)_text?.Edits ?? []);
    }

    /// <summary>Opens a string of a document as a text.</summary>
    public TextLayer Open(JsonDocumentLayer document, JsonValue text, string name)
    {
        var layer = document.StringAt(text.Row, name, out var isNew);
        if (isNew)
        {
            _layers.Add(layer);
        }

        return layer;
    }

    /// <summary>Joins strings and adds their text; returns false if they are not a packed text.</summary>
    public bool TryAddPieces(JsonDocumentLayer document, IEnumerable<JsonValue> strings)
    {
        var pieces = strings.Select(piece => Open(document, piece, string.Empty)).ToList();
        if (PiecesLayer.Of(pieces, _budget) is not { } joined)
        {
            return false;
        }

        Add(joined, NameKind.Plain);
        return true;
    }

    /// <summary>Opens a text that is encoded as a whole; returns null if it is not.</summary>
    public EncodedLayer? OpenEncoded(TextLayer text)
    {
        if (EncodedText.Whole(text, _budget) is not { } plain)
        {
            return null;
        }

        _layers.Add(plain);
        return plain;
    }

    /// <summary>Adds a text to scan.</summary>
    public void Add(TextLayer layer, NameKind kind)
    {
        if (layer is not StringLayer)
        {
            _layers.Add(layer);
        }

        _open.Enqueue((layer, kind));
    }

    /// <summary>Returns whether a text must be scanned; most need not.</summary>
    public bool IsWorthwhile(ReadOnlySpan<char> text) =>
        text.Length >= _rules.ShortestText
        && (
            _rules.MayMatch(text)
            || text.TrimStart() is ['{' or '[', ..]
            || EscapedText.IsIn(text)
            || EncodedText.IsIn(text)
            || text.Contains("\n{", StringComparison.Ordinal)
            || text.Contains("data:", StringComparison.Ordinal)
        );

    /// <summary>
    /// Returns whether a long string was scanned before and contained nothing. Otherwise, it is remembered if the whole
    /// document contains nothing.
    /// </summary>
    /// <param name="raw">The bytes between its quotes.</param>
    public bool IsKnownClean(ReadOnlySpan<byte> raw)
    {
        if (_rules.Clean is not { } clean || raw.Length < CleanTexts.Shortest)
        {
            return false;
        }

        var hash = CleanTexts.HashOf(raw);
        if (clean.Contains(hash))
        {
            return true;
        }

        _long.Add(hash);
        return false;
    }

    /// <summary>Returns whether a rule may apply to a value because of its name.</summary>
    public bool HasName(string name) => _rules.HasName(name);

    private void Enter(JsonDocumentLayer document) => new JsonWalk(this, document).Run();

    private void Run()
    {
        while (_open.TryDequeue(out var next))
        {
            _cancellation.ThrowIfCancellationRequested();
            LookThrough(next.Layer, next.Kind);
        }

        if (_hits.Count > 0)
        {
            var found = _hits
                .OrderBy(hit => hit.First.Offset)
                .ThenBy(hit => hit.Start)
                .DistinctBy(hit => (hit.First.Offset, hit.Value))
                .Where(hit => IsGiven(hit) || !IsAllowed(hit))
                .ToList();
            _hits.Clear();
            _hits.AddRange(found);
        }

        if (_hits.Count == 0 && _rules.Clean is { } clean)
        {
            _long.ForEach(clean.Add);
        }
    }

    private bool IsGiven(SecretHit hit) => _rules.Values.TryGetValue(hit.Value, out var rule) && rule.IsGiven;

    /// <summary>Returns whether a rule file or a comment allows a secret in its place.</summary>
    private bool IsAllowed(SecretHit hit) =>
        _rules.Allows(hit.Rule.Id, hit.Value, _where)
        || (_comments is not null && _comments.Allows(_file.Span[..hit.First.Offset].Count((byte)'\n'), hit.Rule.Id));

    private void LookThrough(TextLayer layer, NameKind kind)
    {
        _budget.Look(layer);
        var text = layer.Text;
        if (layer.Depth < DeepestDocuments && TryEnter(layer, 0, text.Length) is { } whole)
        {
            Enter(whole);
            return;
        }

        if (layer == _text && (Yaml ?? YamlDocuments.ReadTree(text, _where, _cancellation)) is { } tree)
        {
            Yaml = tree;
            text = Blank(text, YamlWalk.Run(this, layer, tree));
        }

        if (layer == _text)
        {
            _comments = AllowComments.Read(layer.Text, text);
        }

        if (layer.Depth < DeepestDocuments && LineDocuments(layer, text) is { Count: > 0 } lines)
        {
            text = Blank(text, lines.Select(line => (line.Start, line.Start + line.Length)));
            JsonWalk.RunAll(this, [.. lines.Select(line => line.Document)]);
        }

        var before = _hits.Count;
        if (layer.Depth < DeepestEscapes)
        {
            foreach (var plain in EscapedText.In(layer, text))
            {
                _layers.Add(plain);
                LookThrough(plain, NameKind.Plain);
            }

            foreach (var plain in EncodedText.In(layer, text, _budget))
            {
                Add(plain, NameKind.Plain);
            }
        }

        var matches = _rules.FindNamed(kind, layer.Name, layer.Text);
        matches.AddRange(_rules.Find(text, _budget));
        if (matches.Count == 0)
        {
            return;
        }

        var below = _hits
            .Skip(before)
            .Where(hit => hit.Layer is MappedLayer mapped && ReferenceEquals(mapped.Below, layer))
            .ToLookup(hit => ((MappedLayer)hit.Layer).IndexBelow(hit.Start));
        foreach (var match in SecretRules.Resolve(matches))
        {
            if (!below[match.Start].Any(hit => hit.LengthBelow >= match.Length))
            {
                _hits.Add(
                    new SecretHit(
                        match.Rule,
                        layer,
                        match.Start,
                        text.Substring(match.Start, match.Length),
                        layer.PlaceOf(match.Start),
                        layer.PlaceOf(match.End - 1)
                    )
                );
            }
        }
    }

    /// <summary>Returns a text with ranges that were already opened replaced by blanks.</summary>
    private static string Blank(string text, IEnumerable<(int Start, int End)> ranges) =>
        string.Create(text.Length, (text, ranges), static (blank, from) =>
        {
            from.text.CopyTo(blank);
            foreach (var (start, end) in from.ranges)
            {
                foreach (ref var unit in blank[start..end])
                {
                    unit = unit is '\r' or '\n' ? unit : ' ';
                }
            }
        });

    /// <summary>Returns the documents on the lines of a text: server-sent events, or JSON lines.</summary>
    private List<(int Start, int Length, JsonDocumentLayer Document)> LineDocuments(TextLayer layer, string text)
    {
        var found = new List<(int, int, JsonDocumentLayer)>();
        if (!text.Contains("data:", StringComparison.Ordinal) && !text.Contains("\n{", StringComparison.Ordinal))
        {
            return found;
        }

        for (var start = 0; start < text.Length; )
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            var line = text.AsSpan(start, end - start).TrimEnd();
            var at = line.IndexOfAnyExcept(' ', '\t');
            if (at >= 0 && ServerSentEvent.DataStart(line[at..]) is var value and > 0)
            {
                at += value;
                at += line[at..].IndexOfAnyExcept(' ') is var space and > 0 ? space : 0;
            }

            if (
                at >= 0
                && at < line.Length
                && line[at] == '{'
                && TryEnter(layer, start + at, line.Length - at) is { } document
            )
            {
                found.Add((start + at, line.Length - at, document));
            }

            start = end + 1;
        }

        return found;
    }

    private static byte[] BytesOf(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    /// <summary>Opens the JSON document in a range of a text.</summary>
    /// <returns>The document; null if the range is not JSON.</returns>
    public JsonDocumentLayer? TryEnter(TextLayer layer, int start, int length)
    {
        var text = layer.Text.AsSpan(start, length);
        var first = text.IndexOfAnyExcept(" \t\r\n");
        if (first < 0 || text[first] is not ('{' or '[') || text[^1] is not ('}' or ']' or '\n' or '\r' or ' ' or '\t'))
        {
            return null;
        }

        var root = JsonValue.ParseOrUndefined(BytesOf(text));
        if (!root.Exists)
        {
            return null;
        }

        var document = new JsonDocumentLayer(root, layer, start);
        _layers.Add(document);
        return document;
    }
}
