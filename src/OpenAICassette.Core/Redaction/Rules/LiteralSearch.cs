namespace OpenAICassette.Redaction.Rules;

/// <summary>
/// Finds the first of many short literals in one pass, whatever their number: only the few positions that begin with
/// the first three characters of a literal are compared, and only with the literals that begin so.
/// </summary>
internal sealed class LiteralSearch
{
    private const int WindowBits = 15;
    private readonly ulong[] _beginnings = new ulong[(1 << WindowBits) / 64];
    private readonly ushort[] _listAt = new ushort[1 << WindowBits];
    private readonly string[][] _lists;
    private readonly StringComparison _comparison;

    /// <summary>Prepares a search.</summary>
    /// <param name="literals">The literals, in ASCII, of at least two characters.</param>
    /// <param name="comparison">Ordinal, with or without regard to case.</param>
    public LiteralSearch(IEnumerable<string> literals, StringComparison comparison)
    {
        _comparison = comparison;
        var byWindow = new Dictionary<int, List<string>>();
        foreach (var literal in literals.Distinct())
        {
            var begin = (Fold(literal[0]) << 5) | Fold(literal[1]);
            for (var third = 0; third < 32; third++)
            {
                if (literal.Length == 2 || Fold(literal[2]) == third)
                {
                    var window = (begin << 5) | third;
                    _beginnings[window >> 6] |= 1ul << window;
                    (byWindow.TryGetValue(window, out var list) ? list : byWindow[window] = []).Add(literal);
                }
            }
        }

        // Many windows of a short literal share a list.
        var lists = new List<string[]>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (window, list) in byWindow)
        {
            var key = string.Join('\0', list);
            if (!places.TryGetValue(key, out var place))
            {
                places[key] = place = lists.Count;
                lists.Add([.. list]);
            }

            _listAt[window] = (ushort)place;
        }

        _lists = [.. lists];
    }

    /// <summary>Returns the position of the first literal; -1 if there is none.</summary>
    /// <param name="text">The text.</param>
    public int IndexIn(ReadOnlySpan<char> text)
    {
        if (text.Length < 3)
        {
            return -1;
        }

        var beginnings = _beginnings.AsSpan();
        var window = (Fold(text[0]) << 5) | Fold(text[1]);
        for (var end = 2; end < text.Length; end++)
        {
            window = ((window << 5) | Fold(text[end])) & ((1 << WindowBits) - 1);
            if ((beginnings[window >> 6] & (1ul << window)) != 0 && IsAt(window, text[(end - 2)..]))
            {
                return end - 2;
            }
        }

        return -1;
    }

    /// <summary>
    /// Letters of either case, and characters with the same last five bits, share a bit; the comparison distinguishes
    /// them.
    /// </summary>
    private static int Fold(char unit) => unit & 31;

    private bool IsAt(int window, ReadOnlySpan<char> text)
    {
        var isOrdinal = _comparison == StringComparison.Ordinal;
        foreach (var literal in _lists[_listAt[window]])
        {
            // Most texts that begin like a literal differ from it in the fourth character.
            if (isOrdinal ? IsOrdinalAt(literal, text) : text.StartsWith(literal, _comparison))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOrdinalAt(string literal, ReadOnlySpan<char> text) =>
        text.Length >= literal.Length
        && text[literal.Length > 3 ? 3 : 1] == literal[literal.Length > 3 ? 3 : 1]
        && text.StartsWith(literal.AsSpan());
}
