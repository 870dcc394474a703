using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Lets the reader choose how messages are shown: formatted, as recorded, or with log probabilities. The style sheet
/// does the rest, so pages need no script for it.
/// </summary>
internal static class PageViews
{
    /// <summary>Inserts the choice before what a page shows, if there is one.</summary>
    /// <param name="html">The page.</param>
    /// <param name="start">Where its content starts.</param>
    /// <param name="place">What the choice stands before; null for the start of the content.</param>
    public static void Insert(StringBuilder html, int start, string? place)
    {
        var content = html.ToString(start, html.Length - start);
        var hasMarkdown = content.Contains("<div class=\"md\">", StringComparison.Ordinal);
        var hasTokens = content.Contains("<p class=\"tokens\"", StringComparison.Ordinal);
        if (!hasMarkdown && !hasTokens)
        {
            return;
        }

        var views = new StringBuilder("<fieldset class=\"views\"><legend>Show messages</legend>");
        View(views, "md", hasMarkdown ? "formatted" : "as text", isChecked: !hasTokens);
        if (hasMarkdown)
        {
            View(views, "raw", "as recorded", isChecked: false);
        }

        if (hasTokens)
        {
            View(views, "tokens", "with probabilities", isChecked: true);
        }

        var at = place is null ? 0 : Math.Max(content.IndexOf(place, StringComparison.Ordinal), 0);
        html.Insert(start + at, views.Append("</fieldset>\n"));
    }

    private static void View(StringBuilder views, string name, string label, bool isChecked) =>
        views
            .Append("<label><input type=\"radio\" name=\"view\" id=\"view-")
            .Append(name)
            .Append(isChecked ? "\" checked> " : "\"> ")
            .Append(label)
            .Append("</label> ");
}
