using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>Writes a message into a page: formatted where it is Markdown, with the recorded text beside it.</summary>
internal static class MessageHtml
{
    /// <summary>Gets or sets the renderer, which the host sets; without it messages are shown as recorded.</summary>
    public static IMarkdownRenderer? Markdown { get; set; }

    /// <summary>
    /// Appends a message. If it is Markdown, the page holds it twice, and the reader chooses which is shown.
    /// </summary>
    /// <param name="html">The page.</param>
    /// <param name="text">The message.</param>
    public static void Message(this StringBuilder html, string text)
    {
        var start = html.Length;
        html.Append("<div class=\"md\">");
        if (Markdown?.TryAppend(html, text) == true)
        {
            html.Append("</div>\n<p class=\"raw\" dir=\"auto\">").Text(text).Append("</p>\n");
        }
        else
        {
            html.Length = start;
            html.Plain(text);
        }
    }

    /// <summary>Appends a text as it was recorded, without the line ends around it; fenced code becomes code.</summary>
    public static void Plain(this StringBuilder html, string text)
    {
        text = text.Trim('\n', '\r');

        // Most texts have no fence and become one block.
        if (!text.Contains("```", StringComparison.Ordinal))
        {
            Prose(html, text);
            return;
        }

        var from = 0;
        while (from < text.Length)
        {
            var open = LineStart(text, "```", from);
            var code = open < 0 ? -1 : text.IndexOf('\n', open) + 1;
            var close = code <= 0 ? -1 : LineStart(text, "```", code);
            if (close < 0)
            {
                break;
            }

            Prose(html, text[from..open].Trim('\n'));
            html.CodeBlock(text[code..close].TrimEnd('\n'), text[(open + 3)..(code - 1)]);
            var end = text.IndexOf('\n', close);
            from = end < 0 ? text.Length : end + 1;
        }

        Prose(html, from == 0 ? text : text[Math.Min(from, text.Length)..].TrimStart('\n'));
    }

    /// <summary>Appends a block of code, highlighted if its language is known.</summary>
    /// <param name="html">The page.</param>
    /// <param name="code">The code.</param>
    /// <param name="language">What the message calls the language; null or another word for none.</param>
    public static void CodeBlock(this StringBuilder html, string code, string? language = null)
    {
        html.Append("<pre class=\"code\"><code");
        var known = CodeLanguage.Find(language);
        if (known is not null)
        {
            html.Append(" class=\"language-").Append(known.Name).Append('"');
        }

        html.Append('>');
        CodeHtml.Append(html, code, known);
        html.Append("</code></pre>\n");
    }

    /// <summary>
    /// Appends a link that tells the other side nothing about the page. The content of one that leads elsewhere than
    /// to http, https, mailto or a fragment stays, without the link.
    /// </summary>
    /// <param name="html">The page.</param>
    /// <param name="url">The target.</param>
    /// <param name="content">Appends the content.</param>
    public static void Link(this StringBuilder html, string url, Action content)
    {
        var isLink = IsAllowed(url);
        if (isLink)
        {
            html.Append("<a rel=\"noreferrer noopener nofollow\" href=\"").Text(url).Append("\">");
        }

        content();
        if (isLink)
        {
            html.Append("</a>");
        }
    }

    private static bool IsAllowed(string url) =>
        url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
        || url.StartsWith('#');

    private static void Prose(StringBuilder html, string text)
    {
        if (text.Length > 0)
        {
            html.Append("<p dir=\"auto\">").Text(text).Append("</p>\n");
        }
    }

    /// <summary>Returns the position of a line that begins with a fence; -1 if there is none.</summary>
    private static int LineStart(string text, string fence, int from)
    {
        for (
            var at = text.IndexOf(fence, from, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(fence, at + 1, StringComparison.Ordinal)
        )
        {
            if (at == 0 || text[at - 1] == '\n')
            {
                return at;
            }
        }

        return -1;
    }
}
