using System.Text;

namespace OpenAICassette.Formats.LlamaStack.Keys;

/// <summary>
/// Represents the attributes of what a file search returned: an optional comma, white space, <c>attributes:</c>, white
/// space, and all from <c>{</c> to the first <c>}</c>. As a regular expression this takes quadratic time on long white
/// space and on many open braces.
/// </summary>
internal static class SearchAttributes
{
    private const string Name = "attributes:";

    /// <summary>Returns the text without its attributes.</summary>
    public static string Remove(string text)
    {
        StringBuilder? output = null;
        var kept = 0;
        for (var at = Next(text, 0); at >= 0; at = Next(text, at))
        {
            var open = SkipSpace(text, at + Name.Length);
            at += Name.Length;
            if (open == text.Length || text[open] != '{')
            {
                continue;
            }

            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                // Nor is there one behind any later brace.
                break;
            }

            output ??= new StringBuilder(text.Length);
            output.Append(text, kept, StartOf(text, at - Name.Length, kept) - kept);
            kept = at = close + 1;
        }

        return output is null ? text : output.Append(text, kept, text.Length - kept).ToString();
    }

    private static int Next(string text, int start) => text.IndexOf(Name, start, StringComparison.Ordinal);

    private static int SkipSpace(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>
    /// Returns where the white space before the name, or the comma before that, starts; not before the last match ends.
    /// </summary>
    private static int StartOf(string text, int at, int first)
    {
        while (at > first && char.IsWhiteSpace(text[at - 1]))
        {
            at--;
        }

        return at > first && text[at - 1] == ',' ? at - 1 : at;
    }
}
