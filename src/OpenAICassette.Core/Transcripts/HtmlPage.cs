using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Renders a self-contained page: no scripts, styles or images from elsewhere, which its content security policy also
/// forbids. Several conversations become a list with a filter.
/// </summary>
internal static class HtmlPage
{
    private static readonly string s_scriptHash = Convert.ToBase64String(
        SHA256.HashData(Encoding.UTF8.GetBytes(HtmlStyle.Script))
    );

    /// <summary>Renders a page with one conversation, or with a list of several.</summary>
    /// <param name="transcripts">The conversations.</param>
    public static string Render(IReadOnlyList<Transcript> transcripts)
    {
        ArgumentNullException.ThrowIfNull(transcripts);
        var html = new StringBuilder();
        Append(
            html,
            transcripts.Count == 1 ? transcripts[0].Name : TranscriptRenderer.Count(transcripts.Count, "conversation"),
            transcripts,
            null
        );
        return html.ToString();
    }

    /// <summary>Adds a page.</summary>
    /// <param name="html">The buffer.</param>
    /// <param name="title">Its title.</param>
    /// <param name="transcripts">The conversations.</param>
    /// <param name="index">The relative address of the page that lists it; null for none.</param>
    internal static void Append(StringBuilder html, string title, IReadOnlyList<Transcript> transcripts, string? index)
    {
        var isList = transcripts.Count != 1;
        Begin(html, title, isList);
        About(html, isList ? null : transcripts[0].Interaction, index);
        if (!isList)
        {
            HtmlTranscript.Append(html, transcripts[0]);
            End(html, hasScript: false);
            return;
        }

        Filter(html);
        foreach (var transcript in transcripts)
        {
            html.Append("<details class=\"entry\"><summary>");
            Summary(html, SiteEntry.Of(transcript));
            html.Append("</summary>\n");
            HtmlTranscript.Append(html, transcript);
            html.Append("</details>\n");
        }

        End(html, hasScript: true);
    }

    /// <summary>
    /// Returns the label of a conversation in a list, the answer first, because most file names are keys.
    /// </summary>
    internal static void Summary(StringBuilder html, SiteEntry entry)
    {
        html.Append("<b>")
            .Text(entry.Said.Length > 0 ? entry.Said : entry.Title)
            .Append("</b><span>")
            .Text(entry.Facts)
            .Append("</span>");
        if (entry.Said.Length > 0)
        {
            html.Append("<span class=\"file\">").Text(entry.Title).Append("</span>");
        }
    }

    internal static void Begin(StringBuilder html, string title, bool hasScript)
    {
        var script = hasScript ? $"; script-src 'sha256-{s_scriptHash}'" : string.Empty;
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'"
            )
            .Append(script)
            .Append("; base-uri 'none'; form-action 'none'\">\n")
            .Append(
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>"
            )
            .Text(title)
            .Append("</title>\n<style>\n")
            .Append(HtmlStyle.Sheet)
            .Append("\n</style>\n</head>\n<body>\n<main>\n<h1>")
            .Text(title)
            .Append("</h1>\n");
    }

    internal static void Filter(StringBuilder html) =>
        html.Append(
            "<input class=\"filter\" type=\"search\" placeholder=\"Filter by text, model, test or file\" aria-label=\"Filter\"><output class=\"found\"></output>\n"
        );

    internal static void End(StringBuilder html, bool hasScript) =>
        html.Append("</main>\n")
            .Append(hasScript ? $"<script>{HtmlStyle.Script}</script>\n" : string.Empty)
            .Append("</body>\n</html>\n");

    private static void About(StringBuilder html, Interaction? interaction, string? index)
    {
        var facts = new[] { interaction?.Endpoint, interaction?.TestId }
            .Where(fact => !string.IsNullOrEmpty(fact))
            .ToList();
        if (facts.Count == 0 && index is null)
        {
            return;
        }

        html.Append("<p class=\"about\">");
        if (index is not null)
        {
            html.Append("<a href=\"")
                .Text(index)
                .Append("\">all cassettes</a>")
                .Append(facts.Count > 0 ? " · " : string.Empty);
        }

        html.Text(string.Join(" · ", facts)).Append("</p>\n");
    }
}
