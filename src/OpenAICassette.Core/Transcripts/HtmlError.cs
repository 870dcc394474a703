using System.Text;
using OpenAICassette.Conversations;

namespace OpenAICassette.Transcripts;

/// <summary>Renders an error: its status, type and message, and all else that was recorded of it folded.</summary>
internal static class HtmlError
{
    private const int LongestMessage = 600;

    /// <summary>Appends the error that a call ended in.</summary>
    public static void Error(this StringBuilder html, RecordedError error, string anchor)
    {
        html.Append("<section class=\"turn error\" id=\"").Append(anchor).Append("\"><h3><a href=\"#").Append(anchor);
        html.Append("\">error</a></h3><div class=\"said\">\n<p class=\"failure\">");
        foreach (var word in new[] { StatusOf(error), error.Type }.Where(word => !string.IsNullOrEmpty(word)))
        {
            html.Append("<b>").Text(word).Append("</b> ");
        }

        html.Text(Shortened.To(error.Message.Trim(), LongestMessage)).Append("</p>\n");
        var rest = new[] { ("provider", error.Provider), ("origin", error.Category) }
            .Where(fact => !string.IsNullOrEmpty(fact.Item2))
            .Select(fact => (fact.Item1, fact.Item2!))
            .ToList();
        var isCut = error.Message.Trim().Length > LongestMessage;
        var body = error.Body.HasValue ? error.Body.ToCompactJson() : string.Empty;
        if (rest.Count > 0 || isCut || body.Length > 0)
        {
            html.Folded("meta", "error details", string.Empty, () =>
            {
                html.Table(rest);
                if (isCut)
                {
                    html.Plain(error.Message);
                }

                html.Data(body);
            });
        }

        html.Append("</div></section>\n");
    }

    private static string? StatusOf(RecordedError error) =>
        error.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
