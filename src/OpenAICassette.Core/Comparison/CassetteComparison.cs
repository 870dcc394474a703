using OpenAICassette.Comparison;

namespace OpenAICassette;

/// <summary>Represents the comparison of an interaction of an old cassette with one of a new cassette.</summary>
public sealed class CassetteComparison
{
    internal CassetteComparison(Interaction? before, Interaction? after, IReadOnlyList<CassetteDifference> differences)
    {
        Old = before;
        New = after;
        Differences = differences.ToArray();
    }

    /// <summary>Gets the name of the new cassette, or of the old one if there is no new one.</summary>
    public string Name => (New ?? Old)!.Cassette.RelativePath;

    /// <summary>Gets the result of the comparison.</summary>
    public ComparisonStatus Status =>
        Old is null ? ComparisonStatus.Added
        : New is null ? ComparisonStatus.Removed
        : Differences.Count > 0 ? ComparisonStatus.Changed
        : ComparisonStatus.Same;

    /// <summary>Gets the differences; empty if one of the two is missing.</summary>
    public IReadOnlyList<CassetteDifference> Differences { get; }

    /// <summary>Gets a summary of the locations that differ.</summary>
    public string Summary => ComparisonText.Summary(this);

    /// <summary>Gets the old interaction; null if there is none.</summary>
    public Interaction? Old { get; }

    /// <summary>Gets the new interaction; null if there is none.</summary>
    public Interaction? New { get; }

    /// <summary>Returns the comparison as plain text.</summary>
    public override string ToString() => ComparisonText.Render(this);
}
