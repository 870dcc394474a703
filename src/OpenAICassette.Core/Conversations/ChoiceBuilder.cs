using System.Text;
using OpenAICassette.Streams;

namespace OpenAICassette.Conversations;

/// <summary>Puts one answer together from its pieces.</summary>
internal sealed class ChoiceBuilder(int index)
{
    private readonly SortedDictionary<int, StringBuilder> _texts = [];
    private readonly SortedDictionary<int, List<ContentPart>> _parts = [];
    private readonly StringBuilder _reasoning = new();
    private readonly StringBuilder _refusal = new();
    private readonly ToolCallBuilder _toolCalls = new();
    private readonly List<TokenLogProb> _logProbs = [];
    private readonly AudioBuilder _audio = new();
    private string? _role;
    private string? _finishReason;

    /// <summary>Adds a piece.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="followsId">True for a tool's name that comes with an id in the same chunk.</param>
    public void Add(StreamPiece piece, bool followsId)
    {
        switch (piece.Kind)
        {
            case StreamPieceKind.Role:
                _role = MessageReader.Role(piece.Value);
                break;
            case StreamPieceKind.Text:
                TextOf(piece.Slot).Append(piece.Value.ToString());
                break;
            case StreamPieceKind.Reasoning:
                _reasoning.Append(piece.Value.ToString());
                break;
            case StreamPieceKind.Refusal:
                _refusal.Append(piece.Value.ToString());
                break;
            case StreamPieceKind.Part when _audio.TryAdd(piece.Value):
                break;
            case StreamPieceKind.Part:
                PartsOf(piece.Slot).Add(ContentPartReader.Read(piece.Value));
                break;
            case StreamPieceKind.FinishReason:
                _finishReason = piece.Value.ToString();
                break;
            default:
                _toolCalls.Add(piece, followsId);
                break;
        }
    }

    /// <summary>Adds the log probabilities of the next tokens.</summary>
    /// <param name="tokens">The tokens.</param>
    public void Add(IEnumerable<TokenLogProb> tokens) => _logProbs.AddRange(tokens);

    /// <summary>The answer so far.</summary>
    public Choice Build()
    {
        var parts = _texts.Select(text => (text.Key, Part: new ContentPart(ContentPartKind.Text, text.Value.ToString())))
            .Concat(_parts.SelectMany(slot => slot.Value.Select(part => (slot.Key, Part: part))))
            .OrderBy(part => part.Key)
            .Select(part => part.Part)
            .Concat(_audio.Parts);
        var message = new Message
        {
            Role = _role ?? "assistant",
            Parts = [.. parts],
            ToolCalls = _toolCalls.Calls,
            Reasoning = _reasoning.Length > 0 ? _reasoning.ToString() : null,
            Refusal = _refusal.Length > 0 ? _refusal.ToString() : null,
        };
        return new Choice(index, message, _finishReason) { LogProbs = _logProbs };
    }

    private StringBuilder TextOf(int slot) => _texts.TryGetValue(slot, out var text) ? text : _texts[slot] = new StringBuilder();

    private List<ContentPart> PartsOf(int slot) => _parts.TryGetValue(slot, out var parts) ? parts : _parts[slot] = [];
}
