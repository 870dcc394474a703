namespace OpenAICassette;

/// <summary>Specifies the kind of an injected fault.</summary>
public enum FaultKind
{
    /// <summary>The answer is an error status instead of the recording, for example 429.</summary>
    Status,

    /// <summary>The connection is reset after some events.</summary>
    Disconnect,

    /// <summary>Nothing is sent after some events, and the connection stays open.</summary>
    Stall,

    /// <summary>An event is cut off in the middle, and the stream ends normally.</summary>
    TruncatedEvent,

    /// <summary>An event contains invalid JSON.</summary>
    MalformedJson,

    /// <summary>An event has an invalid chunk size.</summary>
    BrokenChunk,

    /// <summary>Nothing is sent for some seconds, then the whole answer.</summary>
    SlowFirstByte,
}
