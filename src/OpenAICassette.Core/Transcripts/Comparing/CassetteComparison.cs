using OpenAICassette.Transcripts.Comparing;

namespace OpenAICassette;

/// <summary>How an interaction of an old cassette and one of a new cassette differ.</summary>
public sealed class CassetteComparison
{
    internal CassetteComparison(Interaction? before, Interaction? after, IReadOnlyList<CassetteDifference> differences)
    {
        Old = before;
        New = after;
        Differences = differences.ToArray();
    }

    /// <summary>The name of the new cassette, or of the old one where there is no new one.</summary>
    public string Name => (New ?? Old)!.Cassette.RelativePath;

    /// <summary>What was found.</summary>
    public ComparisonStatus Status => Old is null ? ComparisonStatus.Added
        : New is null ? ComparisonStatus.Removed
        : Differences.Count > 0 ? ComparisonStatus.Changed
        : ComparisonStatus.Same;

    /// <summary>The differences; none when one of the two is missing.</summary>
    public IReadOnlyList<CassetteDifference> Differences { get; }

    /// <summary>The places that differ, in short.</summary>
    public string Summary => ComparisonText.Summary(this);

    /// <summary>The old interaction; null where there is none.</summary>
    public Interaction? Old { get; }

    /// <summary>The new interaction; null where there is none.</summary>
    public Interaction? New { get; }

    /// <summary>The comparison as plain text.</summary>
    public override string ToString() => ComparisonText.Render(this);
}
