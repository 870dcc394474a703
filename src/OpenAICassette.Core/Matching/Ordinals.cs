namespace OpenAICassette.Matching;

/// <summary>Numbers names in the order of their first occurrence, so that only their equality counts.</summary>
internal sealed class Ordinals
{
    private Dictionary<string, int>? _known;

    /// <summary>Returns the number of a name, from 0.</summary>
    public int Of(string name)
    {
        _known ??= new Dictionary<string, int>(StringComparer.Ordinal);
        if (!_known.TryGetValue(name, out var ordinal))
        {
            _known[name] = ordinal = _known.Count;
        }

        return ordinal;
    }

    /// <summary>Returns a copy, which goes on by itself.</summary>
    public Ordinals Copy() =>
        new() { _known = _known is null ? null : new Dictionary<string, int>(_known, StringComparer.Ordinal) };
}
