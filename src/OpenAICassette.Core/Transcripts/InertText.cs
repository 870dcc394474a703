using System.Buffers;
using System.Globalization;
using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Shows control characters instead of sending them: those that control a terminal, and those that change the direction
/// of text. What a build server would obey in a log is disarmed, too.
/// </summary>
internal static class InertText
{
    /// <summary>The start of Unicode's pictures of control characters.</summary>
    private const char FirstPicture = '\u2400';

    private static readonly SearchValues<char> s_active = SearchValues.Create([
        .. Enumerable.Range(0, 0xa0).Select(unit => (char)unit).Where(char.IsControl),
        '\u061c',
        '\u200e',
        '\u200f',
        .. "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    ]);

    /// <summary>Returns the text of one line or word; tabs stay.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text) => Of(text, "\t");

    /// <summary>Returns the text of several lines; tabs and line feeds stay.</summary>
    /// <param name="text">The text.</param>
    public static string OfLines(string text) => Of(text, "\t\n");

    /// <summary>Returns whether <see cref="Of(string)"/> replaces a character.</summary>
    internal static bool IsActive(char unit) => s_active.Contains(unit);

    /// <summary>Returns the replacement of a control character: Unicode's picture of it, or its number.</summary>
    internal static string Picture(char unit) =>
        unit < ' ' ? ((char)(FirstPicture + unit)).ToString()
        : unit == '\u007f' ? "\u2421"
        : string.Create(CultureInfo.InvariantCulture, $"‹U+{(int)unit:X4}›");

    private static string Of(string text, string kept)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAny(s_active))
        {
            return WorkflowCommands.Disarm(text);
        }

        var shown = new StringBuilder(text.Length + 16);
        foreach (var unit in text)
        {
            if (IsActive(unit) && !kept.Contains(unit, StringComparison.Ordinal))
            {
                shown.Append(Picture(unit));
            }
            else
            {
                shown.Append(unit);
            }
        }

        return WorkflowCommands.Disarm(shown.ToString());
    }
}
