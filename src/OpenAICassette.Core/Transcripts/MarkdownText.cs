using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Escapes text so that GitHub shows it unchanged: nothing in it becomes a heading, list, link, image, HTML, mention or
/// issue reference. Only fenced code blocks stay code blocks, with a new fence.
/// </summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_[]>#&|~!";

    /// <summary>Returns a word or a line, escaped.</summary>
    public static string Escaped(string word)
    {
        var escaped = new StringBuilder();
        Append(escaped, InertText.Of(word.ReplaceLineEndings(" ")));
        return escaped.ToString();
    }

    /// <summary>Returns the lines of a text.</summary>
    public static IEnumerable<string> Lines(string text)
    {
        var lines = InertText.OfLines(text.ReplaceLineEndings("\n")).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (
                Fence(lines[i]) is { } fence
                && Array.FindIndex(lines, i + 1, line => Closes(line, fence)) is var close
                && close > i
            )
            {
                foreach (var line in Code(lines[(i + 1)..close], Word(lines[i])))
                {
                    yield return line;
                }

                i = close;
                continue;
            }

            // A backslash keeps the end of a line in a paragraph.
            var isBreak =
                lines[i].Trim().Length > 0
                && i + 1 < lines.Length
                && lines[i + 1].Trim().Length > 0
                && Fence(lines[i + 1]) is null;
            yield return Line(lines[i]) + (isBreak ? "\\" : string.Empty);
        }
    }

    /// <summary>Appends a code block whose fence is longer than any run of backticks in it.</summary>
    /// <param name="lines">The code.</param>
    /// <param name="language">Its language; empty for none.</param>
    public static IEnumerable<string> Code(IEnumerable<string> lines, string language)
    {
        var code = lines.ToList();
        var fence = "```";
        while (code.Any(line => line.Contains(fence, StringComparison.Ordinal)))
        {
            fence += "`";
        }

        return [fence + language, .. code, fence];
    }

    /// <summary>Returns the target of a link, escaped so that nothing ends it.</summary>
    public static string Target(string url)
    {
        var target = new StringBuilder(url.Length);
        foreach (var unit in url)
        {
            if (unit is '\\' or '(' or ')' or '<' or '>' or ' ' or '"' or '\'' or '`')
            {
                target.Append(System.Globalization.CultureInfo.InvariantCulture, $"%{(int)unit:X2}");
            }
            else if (!char.IsControl(unit) && !char.IsWhiteSpace(unit) && !InertText.IsActive(unit))
            {
                target.Append(unit);
            }
        }

        return target.ToString();
    }

    private static string Line(string line)
    {
        var escaped = new StringBuilder(line.Length + 8);
        var start = line.TakeWhile(unit => unit is ' ' or '\t').Sum(unit => unit == '\t' ? 4 : 1);
        escaped.Insert(0, "&nbsp;", start);
        var said = line.Trim(' ', '\t');
        if (said.Length > 0 && (said[0] is '-' or '+' or '=' or ':'))
        {
            escaped.Append('\\').Append(said[0]);
            said = said[1..];
        }

        var digits = said.TakeWhile(char.IsAsciiDigit).Count();
        if (digits is > 0 and < 10 && digits < said.Length && said[digits] is '.' or ')')
        {
            escaped.Append(said.AsSpan(0, digits)).Append('\\');
            said = said[digits..];
        }

        Append(escaped, said);
        return escaped.ToString();
    }

    private static void Append(StringBuilder escaped, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            var isDoubled = (i > 0 && text[i - 1] == unit) || (i + 1 < text.Length && text[i + 1] == unit);
            if (Special.Contains(unit, StringComparison.Ordinal) || (isDoubled && (unit is '=' or '+' or '^')))
            {
                escaped.Append('\\');
            }

            escaped.Append(
                unit == '<' ? "&lt;"
                : unit == '$' ? "&#36;"
                : unit == ':' && IsAddress(text, i) ? "&#58;"
                : unit.ToString()
            );

            // A comment keeps GitHub from reading a name as a mention or a number as an issue.
            if ((unit == '@' || unit == '#') && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]))
            {
                escaped.Append("<!-- -->");
            }
        }
    }

    /// <summary>Returns whether a colon belongs to an address that would become a link.</summary>
    private static bool IsAddress(string text, int colon) => text.AsSpan(colon).StartsWith("://");

    /// <summary>Returns the fence that opens a code block; null for another line.</summary>
    private static string? Fence(string line)
    {
        var start = line.TakeWhile(unit => unit == ' ').Count();
        var sign = start < line.Length ? line[start] : ' ';
        if (start > 3 || sign is not ('`' or '~'))
        {
            return null;
        }

        var fence = new string([.. line.Skip(start).TakeWhile(unit => unit == sign)]);
        var rest = line.AsSpan(start + fence.Length);
        return fence.Length >= 3 && (sign == '~' || !rest.Contains('`')) ? fence : null;
    }

    private static bool Closes(string line, string fence) =>
        Fence(line) is { } close
        && close[0] == fence[0]
        && close.Length >= fence.Length
        && line.Trim().Length == close.Length;

    /// <summary>Returns the word after a fence if it is a plain word.</summary>
    private static string Word(string opening)
    {
        var word = opening.Trim().TrimStart('`', '~').Trim();
        return word.Length < 30 && word.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '+' or '#' or '.')
            ? word
            : string.Empty;
    }
}
