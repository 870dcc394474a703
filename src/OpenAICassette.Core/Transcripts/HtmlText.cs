using System.Buffers;
using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Writes recorded text into a page: every character is text, whatever it means to HTML, and none changes the direction
/// of others.
/// </summary>
internal static class HtmlText
{
    private static readonly SearchValues<char> s_special = SearchValues.Create([
        .. "&<>\"'",
        .. Enumerable
            .Range(0, 0x2100)
            .Select(unit => (char)unit)
            .Where(InertText.IsActive)
            .Where(unit => unit is not ('\n' or '\t')),
    ]);

    /// <summary>Appends a text for an element or an attribute in double quotes.</summary>
    public static StringBuilder Text(this StringBuilder html, string? text)
    {
        var rest = text.AsSpan();
        while (rest.IndexOfAny(s_special) is var at && at >= 0)
        {
            html.Append(rest[..at])
                .Append(
                    rest[at] switch
                    {
                        '&' => "&amp;",
                        '<' => "&lt;",
                        '>' => "&gt;",
                        '"' => "&quot;",
                        '\'' => "&#39;",
                        var active => InertText.Picture(active),
                    }
                );
            rest = rest[(at + 1)..];
        }

        return html.Append(rest);
    }

    /// <summary>Appends a message: lines as they are, and fenced code as code.</summary>
    public static void Said(this StringBuilder html, string text)
    {
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
            html.Append("<pre class=\"code\"><code>").Text(text[code..close].TrimEnd('\n')).Append("</code></pre>\n");
            var end = text.IndexOf('\n', close);
            from = end < 0 ? text.Length : end + 1;
        }

        Prose(html, from == 0 ? text : text[Math.Min(from, text.Length)..].TrimStart('\n'));
    }

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
