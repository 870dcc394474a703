namespace OpenAICassette;

/// <summary>What is played when one request was recorded several times; always first by recorded time, else in path order.</summary>
public enum PlaySequence
{
    /// <summary>Each once, then the last one again.</summary>
    Repeat,

    /// <summary>Each once, then nothing matches any more.</summary>
    Once,

    /// <summary>Each once, then from the first one again.</summary>
    Cycle,
}
