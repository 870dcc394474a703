namespace OpenAICassette.Search;

/// <summary>Finds a text in the strings of a JSON document: in one of them, or cut into several.</summary>
internal sealed class CutText
{
    /// <summary>More ways to cut the text than this are not followed.</summary>
    private const int MostCuts = 6;

    private readonly byte[] _whole;
    private readonly byte[][] _ends;

    /// <summary>Creates a search.</summary>
    /// <param name="text">The text, of characters that a string contains as they are.</param>
    public CutText(byte[] text)
    {
        _whole = text;
        _ends = [.. Enumerable.Range(0, text.Length).Select(start => (byte[])[(byte)'"', .. text[start..]])];
    }

    /// <summary>Returns whether one string may contain the text, or several after one another.</summary>
    public bool MayBeIn(ReadOnlySpan<byte> document) => document.IndexOf(_whole) >= 0 || MayBeCut(document);

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
            if (i == MostCuts || EndsString(document, _whole.AsSpan(0, cut)))
            {
                return true;
            }

            for (var start = 1; start < cut; start++)
            {
                if (!cuts.Contains(start) && EndsString(document, _ends[start].AsSpan(0, cut - start + 1)))
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
}
