using System.Text;
using OpenAICassette.Formats;

namespace OpenAICassette.Transcripts;

/// <summary>Writes a folder of pages with the transcripts of cassettes, and an index.</summary>
internal sealed class TranscriptSite
{
    private readonly string _folder;
    private readonly SiteOutput _output;
    private readonly HashSet<string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly SiteIndex _index = new();
    private SitePage? _waiting;
    private string? _waitingPath;
    private string? _previousPath;

    /// <summary>Prepares a site.</summary>
    /// <param name="folder">The folder, which is created if necessary.</param>
    /// <param name="output">The kind of pages.</param>
    public TranscriptSite(string folder, SiteOutput output)
    {
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        _output = output;
        _paths.Add(IndexOf(output));
    }

    /// <summary>Gets the file that lists all pages.</summary>
    public string IndexPath => Path.Join(_folder, IndexOf(_output));

    /// <summary>Gets the folder.</summary>
    public string Folder => _folder;

    /// <summary>
    /// Adds a page, which is written when the next one is known, because it links to it. Cassettes with the same path
    /// below different folders get numbers.
    /// </summary>
    /// <param name="page">The page.</param>
    /// <param name="cancellation">Stops before a file is written.</param>
    /// <returns>The file.</returns>
    /// <exception cref="CassetteException">The file of this page or of the one before could not be written.</exception>
    public string Write(SitePage page, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        var path = page.Path;
        for (var number = 2; !_paths.Add(path); number++)
        {
            path = Path.ChangeExtension(page.Path, null) + $"-{number}" + Path.GetExtension(page.Path);
        }

        var (waiting, waitingPath, previous) = (_waiting, _waitingPath, _previousPath);
        (_waiting, _waitingPath, _previousPath) = (page, path, waitingPath);
        foreach (var place in page.Places)
        {
            _index.Add(path, place.Entry, _output == SiteOutput.Html ? place.Words : []);
        }

        WriteFile(waiting, waitingPath, previous, path, cancellation);
        return Path.Join(_folder, path);
    }

    /// <summary>Writes the last page and the index.</summary>
    /// <param name="cancellation">Stops before a file is written.</param>
    /// <exception cref="CassetteException">A file could not be written.</exception>
    public void WriteIndex(CancellationToken cancellation = default)
    {
        var waiting = _waiting;
        _waiting = null;
        WriteFile(waiting, _waitingPath, _previousPath, null, cancellation);
        if (_output == SiteOutput.Html)
        {
            _index.Write(_folder, cancellation);
            return;
        }

        var text = new StringBuilder();
        AppendMarkdown(text);
        AtomicFile.Write(IndexPath, Encoding.UTF8.GetBytes(text.ToString()), cancellation, below: _folder);
    }

    private void WriteFile(SitePage? page, string? path, string? previous, string? next, CancellationToken cancellation)
    {
        if (page is null || path is null)
        {
            return;
        }

        var up = string.Concat(Enumerable.Repeat("../", path.Count(unit => unit == '/')));
        string? From(string? target) => target is null ? null : up + Address(target);
        var content = page.Content(up + IndexOf(_output), From(previous), From(next));
        AtomicFile.Write(Path.Join(_folder, path), content, cancellation, below: _folder);
    }

    /// <summary>Gets the name of the file that lists all pages.</summary>
    internal static string IndexOf(SiteOutput output) => output == SiteOutput.Html ? "index.html" : "README.md";

    /// <summary>Returns a path as an address.</summary>
    internal static string Address(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private void AppendMarkdown(StringBuilder text)
    {
        text.Append("# ")
            .Append(TranscriptRenderer.Count(_index.Rows.Count, "conversation"))
            .Append("\n\n| question | answer | | cassette |\n| --- | --- | --- | --- |\n");
        foreach (var (path, entry) in _index.Rows)
        {
            text.Append("| [")
                .Append(MarkdownText.Escaped(entry.Asked))
                .Append("](")
                .Append(Address(path))
                .Append(") | ")
                .Append(MarkdownText.Escaped(entry.Said))
                .Append(" | ")
                .Append(MarkdownText.Escaped(entry.Facts))
                .Append(" | ")
                .Append(MarkdownText.Escaped(entry.Title))
                .Append(" |\n");
        }
    }
}
