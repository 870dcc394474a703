using System.Text;
using OpenAICassette.Apis.Gemini;

namespace OpenAICassette.Conversations;

/// <summary>Puts tool calls together from fragments, of which only the first has an id and a name.</summary>
internal sealed class ToolCallBuilder
{
    private readonly List<Call> _calls = [];
    private readonly Dictionary<int, Call> _latest = [];

    /// <summary>Returns the calls so far, in the order in which they began.</summary>
    /// <param name="noArguments">The arguments of a call for which none came.</param>
    public IReadOnlyList<ToolCall> Build(string noArguments) =>
        [
            .. _calls.Select(call => new ToolCall(
                call.Id,
                call.Name ?? string.Empty,
                ArgumentsOf(call) ?? noArguments
            )),
        ];

    /// <summary>Adds a fragment.</summary>
    /// <param name="piece">The fragment.</param>
    /// <param name="followsId">True for a name that comes with an id in the same chunk.</param>
    public void Add(StreamPiece piece, bool followsId)
    {
        var text = piece.Value.Text;
        var call = _latest.GetValueOrDefault(piece.Slot);
        switch (piece.Kind)
        {
            // Some services number all parallel calls 0: another id, or a name of its own, begins another call.
            case StreamPieceKind.ToolCallId:
                call = call is null || (call.Id is not null && call.Id != text) ? Open(piece.Slot) : call;
                call.Id = text;
                break;
            case StreamPieceKind.ToolName:
                call = call is null || (call.Name is not null && !followsId) ? Open(piece.Slot) : call;
                call.Name = text;
                break;
            case StreamPieceKind.ToolArguments when PartialArguments.Are(piece.Value):
                (call ?? Open(piece.Slot)).Partial.Add(piece.Value);
                break;
            default:
                (call ?? Open(piece.Slot)).Arguments.Append(text ?? piece.Value.ToCompactJson());
                break;
        }
    }

    private static string? ArgumentsOf(Call call) =>
        call.Arguments.Length > 0 ? call.Arguments.ToString()
        : call.Partial.Count > 0 ? PartialArguments.Join(call.Partial)
        : null;

    private Call Open(int slot)
    {
        var call = new Call();
        _calls.Add(call);
        return _latest[slot] = call;
    }

    private sealed class Call
    {
        public string? Id { get; set; }

        public string? Name { get; set; }

        public StringBuilder Arguments { get; } = new();

        /// <summary>Gets arguments that came value by value.</summary>
        public List<JsonValue> Partial { get; } = [];
    }
}
