namespace OpenAICassette;

/// <summary>Represents an element of a streamed response, as PowerShell shows it.</summary>
public sealed class Chunk
{
    internal Chunk(int index, Frame frame)
    {
        Index = index;
        Frame = frame;
    }

    /// <summary>Gets the position in the stream, from 0.</summary>
    public int Index { get; }

    /// <summary>Gets the frame: the bytes, and when they arrived.</summary>
    public Frame Frame { get; }

    /// <summary>
    /// Gets the content without the recorder's type label; undefined for an event whose data is not JSON.
    /// </summary>
    public JsonValue Data => Frame.Json;

    /// <summary>Gets the recorder's label for the SDK class, as written; null if there is none.</summary>
    public string? Type => Frame.Label;

    /// <summary>Gets the lines of a server-sent event as recorded; null for another chunk.</summary>
    public IReadOnlyList<string>? EventLines => Frame.Lines;

    /// <summary>Returns the event's lines, or the data as JSON.</summary>
    public override string ToString() => EventLines is null ? Data.ToCompactJson() : string.Join('\n', EventLines);
}
