namespace OpenAICassette;

/// <summary>What kind of difference there is between a recorded request and one that came in.</summary>
public enum DifferenceKind
{
    /// <summary>Both have it, with other values.</summary>
    Changed,

    /// <summary>Only the request that came in has it.</summary>
    Added,

    /// <summary>Only the recorded request has it.</summary>
    Missing,

    /// <summary>Both have it, in other places.</summary>
    Moved,
}
