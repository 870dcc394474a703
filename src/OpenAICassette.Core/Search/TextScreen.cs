using System.Buffers;
using System.Text;

namespace OpenAICassette.Search;

/// <summary>
/// Rules files out whose texts cannot contain a text, by their bytes. It never rules out a file with a match: the text
/// may stand in one JSON string, or be cut into several, as streams cut it.
/// </summary>
internal sealed class TextScreen
{
    private const int Shortest = 3;
    private const int Longest = 12;

    /// <summary>A part of a longer text rules most documents out, with fewer places to cut it.</summary>
    private const int CoreLength = 5;

    /// <summary>Letters, the most frequent ones first; what is not in it is rarer.</summary>
    private const string Frequent = " etaoinshrdlcumwfgypb";

    private readonly bool _ignoresCase;
    private readonly CutText _whole;
    private readonly CutText? _core;

    private TextScreen(string text, bool ignoresCase)
    {
        _ignoresCase = ignoresCase;
        var written = ignoresCase ? text.ToLowerInvariant() : text;
        _whole = new CutText(Encoding.ASCII.GetBytes(written));
        _core = written.Length > CoreLength ? new CutText(Encoding.ASCII.GetBytes(RarestPart(written))) : null;
    }

    /// <summary>Creates a screen; null if the text is too short to rule anything out.</summary>
    /// <param name="text">A text that every match contains; null if there is none.</param>
    /// <param name="ignoresCase">Whether upper and lower case are the same.</param>
    public static TextScreen? Create(string? text, bool ignoresCase) =>
        text is { Length: >= Shortest } ? new TextScreen(text[..Math.Min(text.Length, Longest)], ignoresCase) : null;

    /// <summary>Returns whether the strings of a JSON document may contain the text.</summary>
    /// <param name="document">The document.</param>
    public bool MayBeIn(ReadOnlySpan<byte> document)
    {
        if (!_ignoresCase)
        {
            return MayContain(document);
        }

        var lower = ArrayPool<byte>.Shared.Rent(document.Length);
        try
        {
            Ascii.ToLower(document, lower, out var written);

            // Not all is ASCII: the rest is copied and lowered piece by piece.
            for (var at = written; at < document.Length; at++)
            {
                var b = document[at];
                lower[at] = b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
            }

            return MayContain(lower.AsSpan(0, document.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(lower);
        }
    }

    private bool MayContain(ReadOnlySpan<byte> document) =>
        (_core?.MayBeIn(document) != false && _whole.MayBeIn(document)) || HasHiddenText(document);

    private static string RarestPart(string text) =>
        Enumerable
            .Range(0, text.Length - CoreLength + 1)
            .Select(start => text.Substring(start, CoreLength))
            .MaxBy(part => part.Sum(Rarity))!;

    private static int Rarity(char letter)
    {
        var rank = Frequent.IndexOf(letter, StringComparison.Ordinal);
        return rank < 0 ? Frequent.Length : rank;
    }

    /// <summary>
    /// Returns whether a quotation mark, or a character that the text may have, is written as an escape, or may be one in a
    /// string that is JSON itself.
    /// </summary>
    private static bool HasHiddenText(ReadOnlySpan<byte> document) =>
        document.IndexOf(@"\\u"u8) >= 0 || HasPlainEscape(document) || CutsEscape(document);

    private static bool HasPlainEscape(ReadOnlySpan<byte> document)
    {
        for (var rest = document; rest.IndexOf(@"\u00"u8) is var at and >= 0; rest = rest[(at + 4)..])
        {
            if (rest.Length < at + 6)
            {
                return true;
            }

            var code = (DigitOf(rest[at + 4]) << 4) | DigitOf(rest[at + 5]);
            if (code < 0 || code == '"' || RequiredText.IsPlain((char)code))
            {
                return true;
            }
        }

        return false;
    }

    private static int DigitOf(byte digit) =>
        char.IsAsciiHexDigit((char)digit) ? Convert.ToInt32(((char)digit).ToString(), 16) : -1;

    /// <summary>
    /// Returns whether a string ends in the middle of an escape of the JSON that it is a part of: in an even number of
    /// backslashes, or, in a string in a string, in five or more.
    /// </summary>
    private static bool CutsEscape(ReadOnlySpan<byte> document)
    {
        for (var rest = document; rest.IndexOf("\\\\\""u8) is var at and >= 0; rest = rest[(at + 3)..])
        {
            var begin = at;
            while (begin > 0 && rest[begin - 1] == (byte)'\\')
            {
                begin--;
            }

            var count = at + 2 - begin;
            if (count % 2 == 0 || count >= 5)
            {
                return true;
            }
        }

        return false;
    }
}
