using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Renders a self-contained page: no scripts, styles or images from elsewhere, which its content security policy also
/// forbids. Several conversations become a list with a filter.
/// </summary>
internal static class HtmlPage
{
    /// <summary>Gets the source of <see cref="PageScript.Filter"/> for a content security policy.</summary>
    internal static string FilterSource { get; } = $"'sha256-{HashOf(PageScript.Filter)}'";

    /// <summary>Renders a page with one conversation, or with a list of several.</summary>
    /// <param name="transcripts">The conversations.</param>
    /// <param name="options">What the page shows besides; null for nothing.</param>
    public static string Render(IReadOnlyList<Transcript> transcripts, PageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(transcripts);
        var html = new StringBuilder();
        Append(html, transcripts, options ?? PageOptions.None, string.Empty);
        return html.ToString();
    }

    /// <summary>Adds a page.</summary>
    /// <param name="html">The buffer.</param>
    /// <param name="transcripts">The conversations.</param>
    /// <param name="options">What the page shows besides.</param>
    /// <param name="navigation">The links to other pages, as HTML.</param>
    internal static void Append(
        StringBuilder html,
        IReadOnlyList<Transcript> transcripts,
        PageOptions options,
        string navigation
    )
    {
        var isList = transcripts.Count != 1;
        var title = isList
            ? TranscriptRenderer.Count(transcripts.Count, "conversation")
            : PlainTitle.Of(transcripts[0]);
        Begin(html, title, isList ? FilterSource : null);
        html.Append(navigation);
        if (transcripts.Count > 0)
        {
            About(html, transcripts, options);
        }

        var start = html.Length;
        if (isList)
        {
            List(html, transcripts, options);
        }
        else
        {
            new HtmlTranscript(html, transcripts[0], options).Append();
        }

        PageViews.Insert(html, start, isList ? null : HtmlTranscript.TurnsBegin);
        End(html, isList ? PageScript.Filter : null);
    }

    /// <summary>Begins a page.</summary>
    /// <param name="html">The buffer.</param>
    /// <param name="title">Its title.</param>
    /// <param name="scripts">The sources of scripts that its policy allows; null for none.</param>
    internal static void Begin(StringBuilder html, string title, string? scripts)
    {
        var script = scripts is null ? string.Empty : $"; script-src {scripts}";
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; media-src data:; "
            )
            .Append("style-src 'unsafe-inline'")
            .Append(script)
            .Append("; base-uri 'none'; form-action 'none'\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
            .Text(title)
            .Append("</title>\n<style>\n")
            .Append(PageStyle.Place)
            .Append("\n</style>\n</head>\n<body>\n<main>\n<h1 dir=\"auto\">")
            .Text(title)
            .Append("</h1>\n");
    }

    /// <summary>Ends a page.</summary>
    /// <param name="html">The page.</param>
    /// <param name="script">Its script; null for none.</param>
    /// <param name="style">A style besides that of all pages.</param>
    internal static void End(StringBuilder html, string? script, string style = "")
    {
        html.Append("</main>\n")
            .Append(script is null ? string.Empty : $"<script>{script}</script>\n")
            .Append("</body>\n</html>\n");
        PageStyle.Fill(html, style);
    }

    /// <summary>Returns the hash by which a content security policy allows a script.</summary>
    internal static string HashOf(string script) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));

    /// <summary>Appends the field by which <see cref="PageScript.Filter"/> filters entries.</summary>
    internal static void Filter(StringBuilder html, string label) =>
        html.Append("<input class=\"filter\" type=\"search\" placeholder=\"")
            .Append(label)
            .Append("\" aria-label=\"Filter\"><output class=\"found\"></output>\n");

    private static void List(StringBuilder html, IReadOnlyList<Transcript> transcripts, PageOptions options)
    {
        Filter(html, "Filter by text, model, test or file");
        var isOneFile = transcripts.DistinctBy(transcript => transcript.Interaction.Cassette).Count() < 2;
        for (var i = 0; i < transcripts.Count; i++)
        {
            var prefix = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"c{i + 1}-");
            html.Append("<details class=\"entry\"><summary>");
            Summary(html, SiteEntry.Of(transcripts[i]), isOneFile);
            html.Append("</summary>\n");
            new HtmlTranscript(html, transcripts[i], options, prefix).Append();
            html.Append("</details>\n");
        }
    }

    /// <summary>Appends the label of a conversation in a list: what was asked, what was answered, the facts.</summary>
    private static void Summary(StringBuilder html, SiteEntry entry, bool isOneFile)
    {
        var file = isOneFile ? string.Empty : entry.Title;
        html.Append("<b dir=\"auto\">").Text(entry.Asked).Append("</b><span dir=\"auto\">").Text(entry.Said);
        html.Append("</span><span class=\"file\">")
            .Text(string.Join(" · ", new[] { entry.Facts, file }.Where(part => part.Length > 0)))
            .Append("</span>");
    }

    /// <summary>Appends the file, the endpoint and the test, where all conversations have the same.</summary>
    private static void About(StringBuilder html, IReadOnlyList<Transcript> transcripts, PageOptions options)
    {
        var first = transcripts[0].Interaction;
        var all = transcripts.SelectMany(transcript => transcript.Conversations).ToList();
        var endpoint = all.TrueForAll(call => call.Interaction.Endpoint == first.Endpoint) ? first.Endpoint : null;
        var test = all.TrueForAll(call => call.Interaction.TestId == first.TestId) ? first.TestId : null;
        var isOneFile = all.TrueForAll(call => call.Interaction.Cassette == first.Cassette);
        html.Append("<p class=\"about\">");
        foreach (var fact in new[] { endpoint, test }.Where(fact => !string.IsNullOrEmpty(fact)))
        {
            html.Append("<span>").Text(fact).Append("</span> ");
        }

        if (isOneFile)
        {
            FileName(html, first.Cassette, options);
        }

        html.Append("</p>\n");
    }

    private static void FileName(StringBuilder html, Cassette cassette, PageOptions options)
    {
        var link = options.Link?.Invoke(cassette);
        html.Append("<span class=\"file\" title=\"").Text(cassette.RelativePath).Append("\">");
        html.Append(link is null ? string.Empty : $"<a href=\"{link}\">");
        html.Text(PlainTitle.OfFile(cassette.Name)).Append(link is null ? "</span>" : "</a></span>");
    }
}
