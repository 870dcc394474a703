namespace OpenAICassette.Replay;

/// <summary>An HTTP answer as its API would send it.</summary>
internal sealed record WireAnswer
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The headers, the content type among them.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The body; of a stream one frame for each event, each sent for itself.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Frames { get; init; }

    /// <summary>True for a stream of events.</summary>
    public bool IsStream { get; init; }

    /// <summary>
    /// When each frame came, from the sending of the request; empty where the recording holds no times.
    /// </summary>
    public IReadOnlyList<TimeSpan> Offsets { get; init; } = [];
}
