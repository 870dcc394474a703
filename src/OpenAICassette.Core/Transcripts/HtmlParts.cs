using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>Writes the parts that pages are made of: folded sections, tables of names and values, code.</summary>
internal static class HtmlParts
{
    /// <summary>The maximum number of characters of a line that stands for something folded.</summary>
    public const int LongestSummary = 90;

    /// <summary>Appends a section that opens on a click.</summary>
    /// <param name="html">The page.</param>
    /// <param name="style">Its class.</param>
    /// <param name="title">Its title.</param>
    /// <param name="summary">What is shown of the content while it is closed.</param>
    /// <param name="content">Appends the content.</param>
    public static void Folded(this StringBuilder html, string style, string title, string summary, Action content)
    {
        html.Append("<details class=\"")
            .Append(style)
            .Append("\"><summary><b>")
            .Text(title)
            .Append("</b> <span>")
            .Text(Conversations.Shortened.To(OneLine(summary), LongestSummary))
            .Append("</span></summary>\n");
        content();
        html.Append("</details>\n");
    }

    /// <summary>Appends names with their values.</summary>
    public static void Table(this StringBuilder html, IEnumerable<(string Name, string Value)> rows, string style = "")
    {
        var start = html.Length;
        html.Append(style.Length > 0 ? $"<dl class=\"{style}\">\n" : "<dl>\n");
        var head = html.Length;
        foreach (var (name, value) in rows)
        {
            html.Append("<div><dt>").Text(name).Append("</dt><dd>").Text(value).Append("</dd></div>\n");
        }

        html.Length = html.Length > head ? html.Length : start;
        html.Append(html.Length > start ? "</dl>\n" : string.Empty);
    }

    /// <summary>Appends the arguments or the result of a tool: JSON highlighted, other text as it is.</summary>
    public static void Data(this StringBuilder html, string data)
    {
        if (data.Length > 0)
        {
            var laidOut = PrettyJson.Of(data);
            html.CodeBlock(laidOut, laidOut.AsSpan().TrimStart() is ['{' or '[', ..] ? "json" : null);
        }
    }

    /// <summary>Returns a text on one line.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n', '\u0085', '\u2028', '\u2029'], StringSplitOptions.RemoveEmptyEntries));
}
