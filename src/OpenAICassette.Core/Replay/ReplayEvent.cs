namespace OpenAICassette;

/// <summary>Represents a replayed chunk, or a whole response that is not a stream.</summary>
public sealed class ReplayEvent
{
    internal ReplayEvent(
        Interaction interaction,
        int index,
        TimeSpan offset,
        Chunk? chunk,
        JsonValue data,
        IReadOnlyList<StreamPiece> pieces
    )
    {
        Interaction = interaction;
        Index = index;
        Offset = offset;
        Chunk = chunk;
        Data = data;
        Pieces = pieces;
        Text = TextOf(StreamPieceKind.Text) ?? string.Empty;
        Reasoning = TextOf(StreamPieceKind.Reasoning);
        Refusal = TextOf(StreamPieceKind.Refusal);
        Role = TextOf(StreamPieceKind.Role);
        FinishReason = TextOf(StreamPieceKind.FinishDetail) is { } detail
            ? $"{TextOf(StreamPieceKind.FinishReason)}:{detail}"
            : TextOf(StreamPieceKind.FinishReason);
        Usage = pieces
            .Where(piece => piece.Kind == StreamPieceKind.Usage)
            .Select(piece => Usage.Read(piece.Value, null))
            .FirstOrDefault();
        ToolCalls = Fragments().ToArray();
    }

    /// <summary>Gets the zero-based position in the response.</summary>
    public int Index { get; }

    /// <summary>Gets the text that the event adds; empty if it adds none.</summary>
    public string Text { get; }

    /// <summary>Gets the reasoning text that the event adds; null if it adds none.</summary>
    public string? Reasoning { get; }

    /// <summary>Gets the refusal text that the event adds; null if it adds none.</summary>
    public string? Refusal { get; }

    /// <summary>Gets the role, if the event contains it.</summary>
    public string? Role { get; }

    /// <summary>Gets the fragment of the event's first tool call; null if there is none.</summary>
    public ToolCallFragment? ToolCall => ToolCalls.Count > 0 ? ToolCalls[0] : null;

    /// <summary>Gets the fragments of the event's tool calls.</summary>
    public IReadOnlyList<ToolCallFragment> ToolCalls { get; }

    /// <summary>Gets the finish reason, if the event contains it.</summary>
    public string? FinishReason { get; }

    /// <summary>Gets the token counts, if the event contains them.</summary>
    public Usage? Usage { get; }

    /// <summary>Gets the due time, relative to the start of the response; zero if the replay is not paced.</summary>
    public TimeSpan Offset { get; }

    /// <summary>Gets the chunk; null for a response that is not a stream.</summary>
    public Chunk? Chunk { get; }

    /// <summary>Gets the recorded data: the chunk's data, or the whole response.</summary>
    public JsonValue Data { get; }

    /// <summary>Gets the replayed interaction.</summary>
    public Interaction Interaction { get; }

    /// <summary>Gets the pieces that the event adds, with their places.</summary>
    public IReadOnlyList<StreamPiece> Pieces { get; }

    /// <summary>Returns the text.</summary>
    public override string ToString() => Text;

    private string? TextOf(StreamPieceKind kind)
    {
        var texts = Pieces.Where(piece => piece.Kind == kind).Select(piece => piece.Value.ToString()).ToList();
        return texts.Count == 0 ? null : string.Concat(texts);
    }

    private IEnumerable<ToolCallFragment> Fragments()
    {
        var fragments = Pieces
            .Where(piece =>
                piece.Kind is StreamPieceKind.ToolCallId or StreamPieceKind.ToolName or StreamPieceKind.ToolArguments
            )
            .GroupBy(piece => piece.Slot);
        foreach (var fragment in fragments)
        {
            string? Of(StreamPieceKind kind) =>
                fragment
                    .Where(piece => piece.Kind == kind)
                    .Select(piece => piece.Value.Text ?? piece.Value.ToCompactJson())
                    .FirstOrDefault();
            yield return new ToolCallFragment(
                fragment.Key,
                Of(StreamPieceKind.ToolCallId),
                Of(StreamPieceKind.ToolName),
                Of(StreamPieceKind.ToolArguments)
            );
        }
    }
}

/// <summary>Represents the part of a tool call in one chunk; all members except the index may be null.</summary>
/// <param name="Index">The zero-based index of the tool call in the answer.</param>
/// <param name="Id">The call's id, normally only in its first fragment.</param>
/// <param name="Name">The tool's name, normally only in the call's first fragment.</param>
/// <param name="Arguments">The next piece of the arguments' text.</param>
public sealed record ToolCallFragment(int Index, string? Id, string? Name, string? Arguments);
