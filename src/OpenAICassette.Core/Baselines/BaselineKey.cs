namespace OpenAICassette.Baselines;

/// <summary>What identifies a finding in a baseline.</summary>
/// <param name="Path">The file, relative to the baseline, with forward slashes.</param>
/// <param name="Id">The id of the finding or of the rule.</param>
/// <param name="Place">The place in the file, as <see cref="LogicalPlace"/> has it; empty for the whole file.</param>
/// <param name="Secret">The salted hash of a secret; null for a problem of another kind.</param>
internal sealed record BaselineKey(string Path, string Id, string Place, string? Secret = null)
{
    /// <summary>Compares keys in the order in which a baseline lists them.</summary>
    public static IComparer<BaselineKey> Order { get; } =
        Comparer<BaselineKey>.Create(
            (x, y) =>
                string.CompareOrdinal(x.Path, y.Path) is not 0 and var path ? path
                : string.CompareOrdinal(x.Id, y.Id) is not 0 and var id ? id
                : string.CompareOrdinal(x.Place, y.Place) is not 0 and var place ? place
                : string.CompareOrdinal(x.Secret, y.Secret)
        );

    /// <summary>Returns the path, the place and the id.</summary>
    public override string ToString() => $"{Path}: {(Place.Length > 0 ? $"{Place}: " : string.Empty)}{Id}";
}

/// <summary>An entry of a baseline.</summary>
/// <param name="Count">How often the finding occurs there.</param>
/// <param name="Reason">Why it is accepted; null if nobody said.</param>
internal sealed record BaselineEntry(int Count = 1, string? Reason = null);
