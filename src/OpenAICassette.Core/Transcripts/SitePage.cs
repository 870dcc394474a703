using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>Represents a cassette's page of a <see cref="TranscriptSite"/> that is not yet written.</summary>
internal sealed class SitePage
{
    private SitePage(string path, IReadOnlyList<SiteEntry> entries, byte[] content)
    {
        Path = path;
        Entries = entries;
        Content = content;
    }

    /// <summary>Gets the path below the folder of the site, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>Gets its entry in the index.</summary>
    internal IReadOnlyList<SiteEntry> Entries { get; }

    /// <summary>Gets the bytes of the file.</summary>
    internal byte[] Content { get; }

    /// <summary>Renders the page of a cassette.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="output">The kind of page.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public static SitePage Of(Cassette cassette, SiteOutput output)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        var transcripts = TranscriptList.Of(cassette);
        var path = PathOf(cassette, output == SiteOutput.Html ? ".html" : ".md");
        var index =
            string.Concat(Enumerable.Repeat("../", path.Count(unit => unit == '/'))) + TranscriptSite.IndexOf(output);
        var text = new StringBuilder();
        if (output == SiteOutput.Html)
        {
            HtmlPage.Append(text, cassette.Name, transcripts, index);
        }
        else
        {
            text.Append("# ")
                .Append(MarkdownText.Escaped(cassette.Name))
                .Append("\n\n[all cassettes](")
                .Append(index)
                .Append(")\n");
            foreach (var transcript in transcripts)
            {
                text.Append('\n').Append(MarkdownTranscript.Render(transcript)).Append('\n');
            }
        }

        return new SitePage(path, transcripts.Select(SiteEntry.Of).ToArray(), Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>
    /// Returns the path of the page: that of the cassette below the searched folder, never outside the site.
    /// </summary>
    private static string PathOf(Cassette cassette, string extension)
    {
        var names = cassette
            .RelativePath.Split('/', '\\')
            .Where(name => name is not ("" or "." or ".."))
            .Select(name =>
                string.Concat(
                    name.Select(unit =>
                        char.IsControl(unit) || "<>:\"|?*".Contains(unit, StringComparison.Ordinal) ? '_' : unit
                    )
                )
            );
        var path = string.Join('/', names);
        return (path.Length == 0 ? "cassette" : path) + extension;
    }
}
