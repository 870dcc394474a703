using OpenAICassette.Comparison;
using OpenAICassette.Transcripts;

namespace OpenAICassette;

/// <summary>Represents the comparison of an interaction of an old cassette with one of a new cassette.</summary>
public sealed class CassetteComparison
{
    internal CassetteComparison(
        Interaction? before,
        Interaction? after,
        IReadOnlyList<CassetteDifference> differences,
        string meaning = ""
    )
    {
        Meaning = InertText.Of(meaning);
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

    /// <summary>
    /// Gets what the differences mean in one line, for example: answer reworded; +38 output tokens. Otherwise the
    /// status.
    /// </summary>
    public string Summary =>
        Status != ComparisonStatus.Same && Meaning.Length > 0 ? Meaning : Status.ToString().ToLowerInvariant();

    /// <summary>Gets whether two sessions differ here for the first time; false if no sessions are compared.</summary>
    public bool IsFirstDivergence { get; internal init; }

    /// <summary>Gets what the differences mean; empty without differences, or if they were not interpreted.</summary>
    internal string Meaning { get; }

    /// <summary>Gets the old interaction; null if there is none.</summary>
    public Interaction? Old { get; }

    /// <summary>Gets the new interaction; null if there is none.</summary>
    public Interaction? New { get; }

    /// <summary>Returns the comparison as plain text.</summary>
    public override string ToString() => ComparisonText.Render(this);
}
