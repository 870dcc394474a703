namespace OpenAICassette;

/// <summary>Specifies the result of a comparison.</summary>
public enum ComparisonStatus
{
    /// <summary>Both exist and are equal, apart from members that change with every call.</summary>
    Same,

    /// <summary>Both exist and differ.</summary>
    Changed,

    /// <summary>Only the new one exists.</summary>
    Added,

    /// <summary>Only the old one exists.</summary>
    Removed,
}
