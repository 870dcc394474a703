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

    /// <summary>More ways to cut the text than this are not followed; the file is read then.</summary>
    private const int MostCuts = 6;

    private readonly bool _ignoresCase;
    private readonly byte[] _whole;
    private readonly byte[][] _beginnings;
    private readonly byte[][] _ends;

    private TextScreen(string text, bool ignoresCase)
    {
        _ignoresCase = ignoresCase;
        _whole = Encoding.ASCII.GetBytes(ignoresCase ? text.ToLowerInvariant() : text);
        _beginnings = [.. Enumerable.Range(0, _whole.Length).Select(end => _whole[..end])];
        _ends = [.. Enumerable.Range(0, _whole.Length).Select(start => (byte[])[(byte)'"', .. _whole[start..]])];
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
        document.IndexOf(_whole) >= 0 || HasHiddenText(document) || MayBeCut(document);

    /// <summary>
    /// Follows the cuts from the last one back: the text after a cut begins a string, the text before it ends one, and
    /// what is between two cuts is a string.
    /// </summary>
    private bool MayBeCut(ReadOnlySpan<byte> document)
    {
        var cuts = new List<int>(MostCuts);
        for (var start = 1; start < _whole.Length; start++)
        {
            if (document.IndexOf(_ends[start]) >= 0)
            {
                cuts.Add(start);
            }
        }

        for (var i = 0; i < cuts.Count; i++)
        {
            var cut = cuts[i];
            if (i == MostCuts || EndsString(document, _beginnings[cut]))
            {
                return true;
            }

            for (var start = 1; start < cut; start++)
            {
                if (!cuts.Contains(start) && EndsString(document, [(byte)'"', .. _whole[start..cut]]))
                {
                    cuts.Add(start);
                }
            }
        }

        return false;
    }

    /// <summary>Returns whether a text stands at the end of a string, or of a string in a string.</summary>
    private static bool EndsString(ReadOnlySpan<byte> document, ReadOnlySpan<byte> text)
    {
        Span<byte> ended = stackalloc byte[text.Length + 1];
        text.CopyTo(ended);
        ended[^1] = (byte)'"';
        if (document.IndexOf(ended) >= 0)
        {
            return true;
        }

        ended[^1] = (byte)'\\';
        return document.IndexOf(ended) >= 0;
    }

    /// <summary>
    /// Returns whether a character that the text may have is written as an escape, or may be one in a string that is
    /// JSON itself.
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
            if (code < 0 || RequiredText.IsPlain((char)code))
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
