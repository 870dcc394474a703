using System.Text;
using OpenAICassette.Formats;

namespace OpenAICassette.Transcripts;

/// <summary>Writes a folder of pages with the transcripts of cassettes, and an index.</summary>
internal sealed class TranscriptSite
{
    private readonly string _folder;
    private readonly SiteOutput _output;
    private readonly HashSet<string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Path, SiteEntry Entry)> _entries = [];

    /// <summary>Prepares a site.</summary>
    /// <param name="folder">The folder, which is created if necessary.</param>
    /// <param name="output">The kind of pages.</param>
    public TranscriptSite(string folder, SiteOutput output)
    {
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        _output = output;
    }

    /// <summary>Gets the file that lists all pages.</summary>
    public string IndexPath => Path.Join(_folder, IndexOf(_output));

    /// <summary>Writes a page. Cassettes with the same path below different folders get numbers.</summary>
    /// <param name="page">The page.</param>
    /// <param name="cancellation">Stops before the file is written.</param>
    /// <returns>The file.</returns>
    /// <exception cref="CassetteException">The file could not be written.</exception>
    public string Write(SitePage page, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        var path = page.Path;
        for (var number = 2; path == IndexOf(_output) || !_paths.Add(path); number++)
        {
            path = Path.ChangeExtension(page.Path, null) + $"-{number}" + Path.GetExtension(page.Path);
        }

        var file = Path.Join(_folder, path);
        AtomicFile.Write(file, page.Content, cancellation, below: _folder);
        _entries.AddRange(page.Entries.Select(entry => (path, entry)));
        return file;
    }

    /// <summary>Writes the index.</summary>
    /// <param name="cancellation">Stops before the file is written.</param>
    /// <exception cref="CassetteException">The file could not be written.</exception>
    public void WriteIndex(CancellationToken cancellation = default)
    {
        var text = new StringBuilder();
        if (_output == SiteOutput.Html)
        {
            AppendHtml(text);
        }
        else
        {
            AppendMarkdown(text);
        }

        AtomicFile.Write(IndexPath, Encoding.UTF8.GetBytes(text.ToString()), cancellation, below: _folder);
    }

    /// <summary>Gets the name of the file that lists all pages.</summary>
    internal static string IndexOf(SiteOutput output) => output == SiteOutput.Html ? "index.html" : "README.md";

    private void AppendHtml(StringBuilder html)
    {
        HtmlPage.Begin(html, TranscriptRenderer.Count(_entries.Count, "conversation"), hasScript: true);
        HtmlPage.Filter(html);
        html.Append("<ul class=\"list\">\n");
        foreach (var (path, entry) in _entries)
        {
            html.Append("<li><a href=\"").Append(Address(path)).Append("\">");
            HtmlPage.Summary(html, entry);
            html.Append("</a></li>\n");
        }

        html.Append("</ul>\n");
        HtmlPage.End(html, hasScript: true);
    }

    private void AppendMarkdown(StringBuilder text)
    {
        text.Append("# ")
            .Append(TranscriptRenderer.Count(_entries.Count, "conversation"))
            .Append("\n\n| cassette | answer | |\n| --- | --- | --- |\n");
        foreach (var (path, entry) in _entries)
        {
            text.Append("| [")
                .Append(MarkdownText.Escaped(entry.Title))
                .Append("](")
                .Append(Address(path))
                .Append(") | ")
                .Append(MarkdownText.Escaped(entry.Said))
                .Append(" | ")
                .Append(MarkdownText.Escaped(entry.Facts))
                .Append(" |\n");
        }
    }

    private static string Address(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
