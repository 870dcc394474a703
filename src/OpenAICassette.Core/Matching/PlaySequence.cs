namespace OpenAICassette;

/// <summary>
/// Specifies what is played if the same request was recorded several times, ordered by recorded time, otherwise by
/// path.
/// </summary>
public enum PlaySequence
{
    /// <summary>Each recording once, then the last one again.</summary>
    Repeat,

    /// <summary>Each recording once, then a miss.</summary>
    Once,

    /// <summary>Each recording once, then from the first one again.</summary>
    Cycle,
}
