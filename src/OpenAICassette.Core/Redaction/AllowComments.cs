using System.Globalization;

namespace OpenAICassette.Redaction;

/// <summary>
/// Finds the comments "cassette:allow" of a file: they allow the secrets on their line, or, alone on a line, those on
/// the next one and on the lines that are indented below it. Ids of rules can follow.
/// </summary>
internal sealed class AllowComments
{
    private const string Mark = "cassette:allow";
    private readonly List<(int First, int Last, string[] Rules)> _allowed = [];

    private AllowComments() { }

    /// <summary>Reads the comments.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="comments">
    /// The text with blanks in place of what is no comment, if the format says what is; or else the text.
    /// </param>
    /// <returns>The comments; null if there are none.</returns>
    public static AllowComments? Read(string text, string comments)
    {
        AllowComments? found = null;
        for (var at = comments.IndexOf(Mark, StringComparison.Ordinal); at >= 0; )
        {
            if (Rules(comments, at) is { } rules && IsComment(comments, at))
            {
                found ??= new AllowComments();
                var line = text.AsSpan(0, at).Count('\n');
                found._allowed.Add((line, IsAlone(text, at) ? LastBelow(text, line) : line, rules));
            }

            at = comments.IndexOf(Mark, at + Mark.Length, StringComparison.Ordinal);
        }

        return found;
    }

    /// <summary>Returns whether the secrets of a rule are allowed on a line.</summary>
    /// <param name="line">The line, from 0.</param>
    /// <param name="rule">The id of the rule.</param>
    public bool Allows(int line, string rule) =>
        _allowed.Exists(allowed =>
            line >= allowed.First
            && line <= allowed.Last
            && (allowed.Rules.Length == 0 || allowed.Rules.Contains(rule, StringComparer.Ordinal))
        );

    /// <summary>Returns the rules after a mark, up to the end of its line; null if something else follows.</summary>
    private static string[]? Rules(string text, int at)
    {
        var start = at + Mark.Length;
        var end = text.IndexOf('\n', start);
        var rest = (end < 0 ? text[start..] : text[start..end]).Trim();
        rest = rest.EndsWith("-->", StringComparison.Ordinal) ? rest[..^3].TrimEnd() : rest;
        var rules = rest.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return Array.TrueForAll(rules, IsId) ? rules : null;
    }

    private static bool IsId(string word) =>
        word.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit == '-');

    private static bool IsComment(string text, int at)
    {
        var before = text.AsSpan(0, at);
        before = before[(before.LastIndexOf('\n') + 1)..].TrimEnd();
        return before.EndsWith("#", StringComparison.Ordinal)
            || before.EndsWith("//", StringComparison.Ordinal)
            || before.EndsWith(";", StringComparison.Ordinal)
            || before.EndsWith("<!--", StringComparison.Ordinal);
    }

    /// <summary>Returns whether a comment has its line to itself.</summary>
    private static bool IsAlone(string text, int at)
    {
        var before = text.AsSpan(0, at);
        return before[(before.LastIndexOf('\n') + 1)..].Trim() is "#" or "//" or ";" or "<!--";
    }

    /// <summary>Returns the last line that belongs to the line below a comment.</summary>
    private static int LastBelow(string text, int comment)
    {
        var lines = text.Split('\n');
        var last = comment + 1;
        while (last + 1 < lines.Length && last > comment && IndentOf(lines[last + 1]) > IndentOf(lines[comment + 1]))
        {
            last++;
        }

        return last;
    }

    private static int IndentOf(string line) => line.Length - line.TrimStart(' ', '\t').Length;

    /// <inheritdoc/>
    public override string ToString() => _allowed.Count.ToString(CultureInfo.InvariantCulture);
}
