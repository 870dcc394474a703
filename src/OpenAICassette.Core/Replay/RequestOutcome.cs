namespace OpenAICassette;

/// <summary>Specifies the outcome of a request.</summary>
public enum RequestOutcome
{
    /// <summary>A recording answered it.</summary>
    Played,

    /// <summary>No recording answered it.</summary>
    Missed,

    /// <summary>The upstream answered it, and the answer was recorded.</summary>
    Recorded,

    /// <summary>The upstream answered it, but the answer could not be recorded.</summary>
    Forwarded,

    /// <summary>The list of models was created from the models of the cassettes.</summary>
    Listed,

    /// <summary>A fault was injected instead of the answer.</summary>
    Faulted,

    /// <summary>It could not be answered, for example because the upstream could not be reached.</summary>
    Failed,
}
