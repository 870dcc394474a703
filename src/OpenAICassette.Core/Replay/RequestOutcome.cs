namespace OpenAICassette;

/// <summary>What became of a request.</summary>
public enum RequestOutcome
{
    /// <summary>A recording answered it.</summary>
    Played,

    /// <summary>No recording answers it.</summary>
    Missed,

    /// <summary>The upstream answered it, and that was recorded.</summary>
    Recorded,

    /// <summary>The upstream answered it, and that could not be recorded.</summary>
    Forwarded,

    /// <summary>The list of models was made from what the cassettes hold.</summary>
    Listed,

    /// <summary>A fault took the place of the answer.</summary>
    Faulted,

    /// <summary>It could not be answered, for example because the upstream could not be reached.</summary>
    Failed,
}
