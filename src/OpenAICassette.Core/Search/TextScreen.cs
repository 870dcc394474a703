using System.Buffers;
using System.Text;

namespace OpenAICassette.Search;

/// <summary>
/// Rules files out whose texts contain none of a few texts, by their bytes. It never rules out a file with one: the text
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
    private readonly (CutText Whole, CutText? Core)[] _texts;

    private TextScreen(IEnumerable<string> texts, bool ignoresCase)
    {
        _ignoresCase = ignoresCase;
        _texts =
        [
            .. texts
                .Select(text => ignoresCase ? text.ToLowerInvariant() : text)
                .Select(text =>
                    (
                        new CutText(Encoding.ASCII.GetBytes(text)),
                        text.Length > CoreLength ? new CutText(Encoding.ASCII.GetBytes(RarestPart(text))) : null
                    )
                ),
        ];
    }

    /// <summary>Creates a screen; null if there is no text, or one too short to rule anything out.</summary>
    /// <param name="texts">Texts of which every match contains one.</param>
    /// <param name="ignoresCase">Whether upper and lower case are the same.</param>
    public static TextScreen? Create(IReadOnlyList<string> texts, bool ignoresCase) =>
        texts.Count > 0 && texts.All(text => text.Length >= Shortest)
            ? new TextScreen(texts.Select(text => text[..Math.Min(text.Length, Longest)]), ignoresCase)
            : null;

    /// <summary>Returns whether the strings of a JSON document may contain one of the texts.</summary>
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

    private bool MayContain(ReadOnlySpan<byte> document)
    {
        foreach (var (whole, core) in _texts)
        {
            if (core?.MayBeIn(document) != false && whole.MayBeIn(document))
            {
                return true;
            }
        }

        return HasHiddenText(document);
    }

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
