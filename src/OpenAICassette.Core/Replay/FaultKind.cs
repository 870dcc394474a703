namespace OpenAICassette;

/// <summary>What goes wrong on purpose.</summary>
public enum FaultKind
{
    /// <summary>The answer is an error status instead of the recording, for example 429.</summary>
    Status,

    /// <summary>The connection is reset after some events.</summary>
    Disconnect,

    /// <summary>After some events nothing more comes, and the connection stays open.</summary>
    Stall,

    /// <summary>An event breaks off in its middle, and the stream ends as if all were well.</summary>
    TruncatedEvent,

    /// <summary>An event's JSON is broken.</summary>
    MalformedJson,

    /// <summary>An event has a chunk size that is none.</summary>
    BrokenChunk,

    /// <summary>Nothing comes for some seconds, and then the whole answer.</summary>
    SlowFirstByte,
}
