using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Transcripts;

/// <summary>Represents a cassette's page of a <see cref="TranscriptSite"/> that is not yet written.</summary>
internal sealed class SitePage
{
    /// <summary>Where the links to other pages belong. Recorded text is escaped, so it has none.</summary>
    private const string Navigation = "<!--navigation-->";

    private readonly SiteOutput _output;
    private readonly string _text;

    private SitePage(string path, SiteOutput output, IReadOnlyList<SitePlace> places, string text)
    {
        Path = path;
        Places = places;
        _output = output;
        _text = text;
    }

    /// <summary>Gets the path below the folder of the site, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>Gets what the index holds of it.</summary>
    internal IReadOnlyList<SitePlace> Places { get; }

    /// <summary>Renders the page of a cassette.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="output">The kind of page.</param>
    /// <param name="folder">The folder of the site, for the link to the cassette; null for no link.</param>
    /// <param name="options">What the page shows besides; null for nothing.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public static SitePage Of(Cassette cassette, SiteOutput output, string? folder = null, PageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        var transcripts = TranscriptList.Of(cassette);
        var path = PathOf(cassette, output == SiteOutput.Html ? ".html" : ".md");
        options = (options ?? PageOptions.None) with
        {
            Link = folder is null ? null : linked => LinkTo(linked, System.IO.Path.Join(folder, path)),
        };
        var text = new StringBuilder();
        if (output == SiteOutput.Html)
        {
            HtmlPage.Append(text, transcripts, options, Navigation);
        }
        else
        {
            var title = transcripts is [var one] ? PlainTitle.Of(one) : cassette.Name;
            text.Append("# ").Append(MarkdownText.Escaped(title)).Append("\n\n").Append(Navigation).Append('\n');
            foreach (var transcript in transcripts)
            {
                text.Append('\n').Append(MarkdownTranscript.Render(transcript, options)).Append('\n');
            }
        }

        return new SitePage(path, output, transcripts.Select(SitePlace.Of).ToArray(), text.ToString());
    }

    /// <summary>Returns the bytes of the file.</summary>
    /// <param name="index">The address of the index.</param>
    /// <param name="previous">The address of the page before; null for none.</param>
    /// <param name="next">The address of the page after; null for none.</param>
    internal byte[] Content(string index, string? previous, string? next)
    {
        var links = new[] { (index, "all cassettes"), (previous, "‹ previous"), (next, "next ›") }.Where(link =>
            link.Item1 is not null
        );
        var navigation =
            _output == SiteOutput.Html
                ? $"<nav>{string.Concat(links.Select(link => $"<a href=\"{link.Item1}\">{link.Item2}</a>"))}</nav>\n"
                : string.Join(" · ", links.Select(link => $"[{link.Item2}]({link.Item1})")) + "\n";
        return Encoding.UTF8.GetBytes(_text.Replace(Navigation, navigation, StringComparison.Ordinal));
    }

    /// <summary>Returns the address of a cassette's file from a page; null if there is none.</summary>
    private static string? LinkTo(Cassette cassette, string page)
    {
        if (cassette.Path is not { } file)
        {
            return null;
        }

        var path = System.IO.Path.GetRelativePath(System.IO.Path.GetDirectoryName(page)!, file);
        return System.IO.Path.IsPathRooted(path) ? null : TranscriptSite.Address(path.Replace('\\', '/'));
    }

    /// <summary>
    /// Returns the path of the page: that of the cassette below the searched folder, never outside the site.
    /// </summary>
    private static string PathOf(Cassette cassette, string extension)
    {
        var names = cassette
            .RelativePath.Split('/', '\\')
            .Where(name => name is not ("" or "." or ".."))
            .Select(SafeName.Of);
        var path = string.Join('/', names);
        return (path.Length == 0 ? "cassette" : path) + extension;
    }
}
