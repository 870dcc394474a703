namespace OpenAICassette.Conversations;

/// <summary>Members of responses that tell nothing by themselves, and are not among the <see cref="Detail"/>s.</summary>
internal static class DetailNoise
{
    /// <summary>
    /// The names: random padding; what kind of object or event it is, and its place in the stream, both of which show in what was made
    /// of it; the numbers of vectors, of which only the count and the dimensions are told.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "obfuscation",
        "object", "type", "event_type",
        "index", "output_index", "content_index", "summary_index", "annotation_index", "sequence_number",
        "thought",
        "embedding", "embeddings",
    ];

    /// <summary>Lists and objects that only hold others together, so that their members are looked at one by one.</summary>
    public static IReadOnlyList<string> Containers { get; } =
    [
        "choices", "delta", "message", "response", "item", "part", "content_block", "candidates", "content", "parts", "interaction",
        "output", "outputs", "summary", "reasoning_details", "tool_calls", "function", "data",
    ];
}
