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

    private static readonly char[] s_active =
    [
        .. Enumerable.Range(0, 0xa0).Select(unit => (char)unit).Where(char.IsControl),
        '\u061c',
        '\u200e',
        '\u200f',
        .. "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    ];

    private static readonly SearchValues<char> s_any = SearchValues.Create(s_active);
    private static readonly SearchValues<char> s_inLine = SearchValues.Create([.. s_active.Except("\t")]);
    private static readonly SearchValues<char> s_inLines = SearchValues.Create([.. s_active.Except("\t\n")]);

    /// <summary>Returns the text of one line or word; tabs stay.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text) => Of(text, s_inLine);

    /// <summary>Returns the text of several lines; tabs and line feeds stay.</summary>
    /// <param name="text">The text.</param>
    public static string OfLines(string text) => Of(text, s_inLines);

    /// <summary>Appends what <see cref="Of(string)"/> returns.</summary>
    /// <param name="shown">What is shown so far.</param>
    /// <param name="line">The text of one line or word; tabs stay.</param>
    public static void Append(StringBuilder shown, ReadOnlySpan<char> line)
    {
        if (line.ContainsAny(s_inLine) || WorkflowCommands.MayHave(line))
        {
            shown.Append(Of(line.ToString()));
        }
        else
        {
            shown.Append(line);
        }
    }

    /// <summary>Returns whether <see cref="Of(string)"/> replaces a character.</summary>
    internal static bool IsActive(char unit) => s_any.Contains(unit);

    /// <summary>Returns the replacement of a control character: Unicode's picture of it, or its number.</summary>
    internal static string Picture(char unit) =>
        unit < ' ' ? ((char)(FirstPicture + unit)).ToString()
        : unit == '\u007f' ? "\u2421"
        : string.Create(CultureInfo.InvariantCulture, $"‹U+{(int)unit:X4}›");

    private static string Of(string text, SearchValues<char> active)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = text.AsSpan();
        var next = rest.IndexOfAny(active);
        if (next < 0)
        {
            return WorkflowCommands.Disarm(text);
        }

        var shown = new StringBuilder(text.Length + 16);
        for (; next >= 0; next = rest.IndexOfAny(active))
        {
            shown.Append(rest[..next]).Append(Picture(rest[next]));
            rest = rest[(next + 1)..];
        }

        return WorkflowCommands.Disarm(shown.Append(rest).ToString());
    }
}
