using System.Buffers;
using System.Text;
using OpenAICassette.Text;

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
        if (text is null)
        {
            return html;
        }

        // A page that is written to the log of a build must not command it.
        var start = 0;
        foreach (var mark in WorkflowCommands.In(text))
        {
            Append(html, text.AsSpan(start, mark - start));
            html.Append(text[mark] == ':' ? "&#58;" : "&#35;");
            start = mark + 1;
        }

        return Append(html, text.AsSpan(start));
    }

    private static StringBuilder Append(StringBuilder html, ReadOnlySpan<char> rest)
    {
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
}
