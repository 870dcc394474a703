namespace OpenAICassette;

/// <summary>What a comparison found.</summary>
public enum ComparisonStatus
{
    /// <summary>Both are there and say the same, but for noise.</summary>
    Same,

    /// <summary>Both are there and differ.</summary>
    Changed,

    /// <summary>Only the new one is there.</summary>
    Added,

    /// <summary>Only the old one is there.</summary>
    Removed,
}
