using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette.Replay;

/// <summary>Represents an HTTP answer as its API sends it.</summary>
internal sealed record WireAnswer
{
    /// <summary>Gets the HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Gets what the status line says beside the status; null for the usual phrase.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the headers, including the content type.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>Gets the body; for a stream, one frame for each event.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Frames { get; init; }

    /// <summary>Gets what opens the file with the body; null if <see cref="Frames"/> have it.</summary>
    public Func<FileStream>? OpenBody { get; init; }

    /// <summary>Gets whether the answer is a stream of events.</summary>
    public bool IsStream { get; init; }

    /// <summary>Gets when each frame came after the request; empty if the recording contains no times.</summary>
    public IReadOnlyList<TimeSpan> Offsets { get; init; } = [];

    /// <summary>Gets the fields after the body.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Trailers { get; init; } = [];

    /// <summary>Gets how the connection is cut after the body; null if the answer is whole.</summary>
    public ConnectionCut? Cut { get; init; }

    /// <summary>Returns the whole body.</summary>
    public ReadOnlyMemory<byte> Join()
    {
        if (Frames is [var whole])
        {
            return whole;
        }

        var body = new ByteBuilder(Frames.Sum(frame => frame.Length));
        foreach (var frame in Frames)
        {
            body.Append(frame.Span);
        }

        return body.ToArray();
    }
}
