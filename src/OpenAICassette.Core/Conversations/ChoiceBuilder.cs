using System.Text;
using OpenAICassette.Apis;

namespace OpenAICassette.Conversations;

/// <summary>Puts one answer together from its pieces.</summary>
/// <param name="index">The answer's index.</param>
/// <param name="audioType">Returns the media type of its sound; null if it is not known.</param>
internal sealed class ChoiceBuilder(int index, Func<string?> audioType)
{
    private readonly Dictionary<int, ContentSlot> _content = [];
    private readonly StringBuilder _reasoning = new();
    private readonly StringBuilder _refusal = new();
    private readonly ToolCallBuilder _toolCalls = new();
    private readonly List<TokenLogProb> _logProbs = [];
    private readonly AudioBuilder _audio = new();
    private string? _role;
    private string? _finishReason;

    /// <summary>Gets the answer's index.</summary>
    public int Index => index;

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
                ContentOf(piece.Slot).Add(piece.Value.ToString());
                break;
            case StreamPieceKind.Reasoning:
                _reasoning.Append(piece.Value.ToString());
                break;
            case StreamPieceKind.Refusal:
                _refusal.Append(piece.Value.ToString());
                break;
            case StreamPieceKind.Part when AudioBuilder.IsAudio(piece.Value):
                _audio.Add(piece.Value, audioType());
                break;
            case StreamPieceKind.Audio:
                _audio.Add(piece.Value.Text, audioType());
                break;
            case StreamPieceKind.Part:
                ContentOf(piece.Slot).Add(ContentPartReader.Read(piece.Value));
                break;
            case StreamPieceKind.FinishReason:
                _finishReason = piece.Value.ToString();
                break;
            case StreamPieceKind.FinishDetail:
                // For example incomplete:max_output_tokens.
                _finishReason = $"{_finishReason}:{piece.Value}";
                break;
            default:
                _toolCalls.Add(piece, followsId);
                break;
        }
    }

    /// <summary>Adds the log probabilities of the next tokens.</summary>
    /// <param name="tokens">The tokens.</param>
    public void Add(IEnumerable<TokenLogProb> tokens) => _logProbs.AddRange(tokens);

    /// <summary>Returns the answer so far.</summary>
    public Choice Build(string noArguments)
    {
        var message = new Message
        {
            Role = _role ?? "assistant",
            Parts = [.. _content.Values.OrderBy(slot => slot.Index).SelectMany(slot => slot.Parts), .. _audio.Parts],
            ToolCalls = _toolCalls.Build(noArguments),
            Reasoning = _reasoning.Length > 0 ? _reasoning.ToString() : null,
            Refusal = _refusal.Length > 0 ? _refusal.ToString() : null,
        };
        return new Choice(index, message, _finishReason) { LogProbs = _logProbs };
    }

    private ContentSlot ContentOf(int slot) =>
        _content.TryGetValue(slot, out var content) ? content : _content[slot] = new ContentSlot(slot);
}
