namespace OpenAICassette.Transcripts;

/// <summary>
/// Finds the tool messages that answer the calls of a transcript, so that they can be shown together.
/// </summary>
internal sealed class ToolResults
{
    private readonly Dictionary<ToolCall, Turn> _results = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Turn> _shown = [];

    /// <summary>Pairs calls with the turns that answer them, by id, otherwise by position.</summary>
    /// <param name="turns">All turns.</param>
    public ToolResults(IReadOnlyList<Turn> turns)
    {
        var open = new List<ToolCall>();
        foreach (var turn in turns)
        {
            if (turn.Role is "tool" or "function" && turn.ToolCalls.Count == 0)
            {
                var id = turn.Message.ToolCallId;
                var call = open.Find(call =>
                    id is null
                        ? call.Id is null && (turn.Message.Name is null || turn.Message.Name == call.Name)
                        : call.Id == id
                );
                if (call is not null)
                {
                    open.Remove(call);
                    _results[call] = turn;
                    _shown.Add(turn);
                }
            }

            open.AddRange(turn.ToolCalls);
        }
    }

    /// <summary>Returns the turn that answers a call; null if there is none.</summary>
    public Turn? Of(ToolCall call) => _results.GetValueOrDefault(call);

    /// <summary>Returns whether a turn is shown with the call that it answers.</summary>
    public bool IsShownWithCall(Turn turn) => _shown.Contains(turn);
}
