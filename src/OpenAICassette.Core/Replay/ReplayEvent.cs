using OpenAICassette.Apis;
using OpenAICassette.Json;

namespace OpenAICassette;

/// <summary>One chunk of a recorded response as it is given back, or a whole response that is no stream.</summary>
public sealed class ReplayEvent
{
    internal ReplayEvent(Interaction interaction, int index, TimeSpan offset, Chunk? chunk, JsonValue data, IReadOnlyList<StreamPiece> pieces)
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
        FinishReason = TextOf(StreamPieceKind.FinishReason);
        Usage = pieces.Where(piece => piece.Kind == StreamPieceKind.Usage).Select(piece => Usage.Read(piece.Value, null)).FirstOrDefault();
        ToolCalls = Fragments().ToArray();
    }

    /// <summary>The position in the response, from 0.</summary>
    public int Index { get; }

    /// <summary>The text that the event adds to what is said; empty when it adds none.</summary>
    public string Text { get; }

    /// <summary>The text that the event adds to the model's reasoning; null when it adds none.</summary>
    public string? Reasoning { get; }

    /// <summary>The text that the event adds to a refusal; null when it adds none.</summary>
    public string? Refusal { get; }

    /// <summary>Who speaks, where the event says so.</summary>
    public string? Role { get; }

    /// <summary>What the event says of its first tool call; null when it says nothing of one.</summary>
    public ToolCallFragment? ToolCall => ToolCalls.Count > 0 ? ToolCalls[0] : null;

    /// <summary>What the event says of each tool call.</summary>
    public IReadOnlyList<ToolCallFragment> ToolCalls { get; }

    /// <summary>Why the model stopped, where the event says so.</summary>
    public string? FinishReason { get; }

    /// <summary>The token counts, where the event carries them.</summary>
    public Usage? Usage { get; }

    /// <summary>When the event is due, from the start of its response; zero when the replay is not paced.</summary>
    public TimeSpan Offset { get; }

    /// <summary>The chunk; null for a response that is no stream.</summary>
    public Chunk? Chunk { get; }

    /// <summary>What was recorded: the chunk's data, or the whole response.</summary>
    public JsonValue Data { get; }

    /// <summary>The interaction that is replayed.</summary>
    public Interaction Interaction { get; }

    /// <summary>What the event adds, piece by piece, with the place of each.</summary>
    public IReadOnlyList<StreamPiece> Pieces { get; }

    /// <summary>The text.</summary>
    public override string ToString() => Text;

    private string? TextOf(StreamPieceKind kind)
    {
        var texts = Pieces.Where(piece => piece.Kind == kind).Select(piece => piece.Value.ToString()).ToList();
        return texts.Count == 0 ? null : string.Concat(texts);
    }

    private IEnumerable<ToolCallFragment> Fragments()
    {
        var fragments = Pieces
            .Where(piece => piece.Kind is StreamPieceKind.ToolCallId or StreamPieceKind.ToolName or StreamPieceKind.ToolArguments)
            .GroupBy(piece => piece.Slot);
        foreach (var fragment in fragments)
        {
            string? Of(StreamPieceKind kind) => fragment.Where(piece => piece.Kind == kind)
                .Select(piece => piece.Value.Text ?? piece.Value.ToCompactJson()).FirstOrDefault();
            yield return new ToolCallFragment(
                fragment.Key, Of(StreamPieceKind.ToolCallId), Of(StreamPieceKind.ToolName), Of(StreamPieceKind.ToolArguments));
        }
    }
}
