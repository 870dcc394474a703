namespace OpenAICassette;

/// <summary>One element of a streamed response: an SDK chunk object, a server-sent event, a plain object.</summary>
public sealed class Chunk
{
    internal Chunk(int index, JsonValue data)
    {
        Index = index;
        Data = data;
    }

    /// <summary>Its position in the stream, from 0.</summary>
    public int Index { get; }

    /// <summary>
    /// What the chunk says, without the recorder's type label; undefined for an event whose data is not JSON.
    /// </summary>
    public JsonValue Data { get; }

    /// <summary>
    /// The recorder's label for the SDK class, as written; null where there is none. It is never resolved to a type.
    /// </summary>
    public string? Type { get; internal init; }

    /// <summary>The lines of a server-sent event as recorded; null for a chunk that was not recorded as one.</summary>
    public IReadOnlyList<string>? EventLines
    {
        get;
        internal init => field = value?.ToArray();
    }

    /// <summary>The event's data, or the data as JSON.</summary>
    public override string ToString() => EventLines is null ? Data.ToCompactJson() : string.Join('\n', EventLines);
}
