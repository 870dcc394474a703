namespace OpenAICassette.Matching;

/// <summary>
/// Numbers names in the order in which they first occur, so that only which of them are equal counts.
/// </summary>
internal sealed class Ordinals
{
    private Dictionary<string, int>? _known;

    /// <summary>The number of a name, from 0.</summary>
    public int Of(string name)
    {
        _known ??= new Dictionary<string, int>(StringComparer.Ordinal);
        if (!_known.TryGetValue(name, out var ordinal))
        {
            _known[name] = ordinal = _known.Count;
        }

        return ordinal;
    }
}
