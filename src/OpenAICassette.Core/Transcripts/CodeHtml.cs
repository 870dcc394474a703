using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Highlights code by class: k for keywords, s for texts, m for names of JSON members, n for numbers, c for comments, v
/// for variables. It reads tokens and knows no grammar.
/// </summary>
internal static class CodeHtml
{
    /// <summary>Longer code is not highlighted, because every token makes a page longer.</summary>
    private const int Longest = 20_000;

    /// <summary>Appends code as text, with its tokens in spans.</summary>
    public static void Append(StringBuilder html, string code, CodeLanguage? language)
    {
        if (language is null || code.Length > Longest)
        {
            html.Text(code);
            return;
        }

        // What is between tokens is written in one piece.
        var (shown, at) = (0, 0);
        while (at < code.Length)
        {
            var (end, style) = Token(code, at, language);
            if (style.Length > 0)
            {
                html.Text(code[shown..at]).Append("<span class=\"").Append(style).Append("\">");
                html.Text(code[at..end]).Append("</span>");
                shown = end;
            }

            at = end;
        }

        html.Text(code[shown..]);
    }

    private static (int End, string Style) Token(string code, int at, CodeLanguage language)
    {
        var rest = code.AsSpan(at);
        if (CommentEnd(code, at, language) is { } comment)
        {
            return (comment, "c");
        }

        if (rest[0] is '"' or '\'' && (rest[0] == '"' || language != CodeLanguage.Json))
        {
            var end = TextEnd(code, at, language.Escape);
            var isMember = language == CodeLanguage.Json && code.AsSpan(end).TrimStart().StartsWith(":");
            return (end, isMember ? "m" : "s");
        }

        if (rest[0] == '$' && language.HasVariables)
        {
            var length = 1 + WordLength(rest[1..]);
            return (at + length, length > 1 ? "v" : string.Empty);
        }

        var word = WordLength(rest);
        if (word == 0)
        {
            return (at + 1, string.Empty);
        }

        var isNumber = char.IsAsciiDigit(rest[0]);
        var isKeyword = !isNumber && language.Words.Contains(code.Substring(at, word));
        return (
            at + word,
            isNumber ? "n"
            : isKeyword ? "k"
            : string.Empty
        );
    }

    private static int? CommentEnd(string code, int at, CodeLanguage language)
    {
        var rest = code.AsSpan(at);
        if (language.BlockComment is { Begin.Length: > 0 } block && rest.StartsWith(block.Begin))
        {
            var end = code.IndexOf(block.End, at + block.Begin.Length, StringComparison.Ordinal);
            return end < 0 ? code.Length : end + block.End.Length;
        }

        // In a shell, a # inside a word is no comment.
        var isComment =
            language.LineComment.Length > 0
            && rest.StartsWith(language.LineComment)
            && (at == 0 || language.LineComment != "#" || char.IsWhiteSpace(code[at - 1]));
        var lineEnd = isComment ? code.IndexOf('\n', at) : 0;
        return !isComment ? null
            : lineEnd < 0 ? code.Length
            : lineEnd;
    }

    /// <summary>Returns where a text ends: at its quote, or at the end of the line; three quotes span lines.</summary>
    private static int TextEnd(string code, int at, char escape)
    {
        var quote = code[at];
        var isLong = at + 2 < code.Length && code[at + 1] == quote && code[at + 2] == quote;
        if (isLong)
        {
            var end = code.IndexOf(new string(quote, 3), at + 3, StringComparison.Ordinal);
            return end < 0 ? code.Length : end + 3;
        }

        for (var i = at + 1; i < code.Length; i++)
        {
            if (code[i] == escape)
            {
                i++;
            }
            else if (code[i] == quote)
            {
                return i + 1;
            }
            else if (code[i] == '\n')
            {
                return i;
            }
        }

        return code.Length;
    }

    private static int WordLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsLetterOrDigit(text[length]) || text[length] == '_'))
        {
            length++;
        }

        return length;
    }
}
