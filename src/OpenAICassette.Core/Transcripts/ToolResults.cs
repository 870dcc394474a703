namespace OpenAICassette.Transcripts;

/// <summary>
/// Finds the tool messages that answer the calls of a transcript, so that they can be shown together.
/// </summary>
internal sealed class ToolResults
{
    private readonly Dictionary<ToolCall, Turn> _results = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Turn> _shown = [];

    /// <summary>
    /// Pairs calls with the turns that answer them: by id, then by order, because some APIs have no ids, and a merged
    /// conversation can hold a call of one recording and the result of another with other ids.
    /// </summary>
    /// <param name="turns">All turns.</param>
    public ToolResults(IReadOnlyList<Turn> turns)
    {
        PairById(turns);
        PairByOrder(turns);
    }

    /// <summary>Returns the turn that answers a call; null if there is none.</summary>
    public Turn? Of(ToolCall call) => _results.GetValueOrDefault(call);

    /// <summary>Returns whether a turn is shown with the call that it answers.</summary>
    public bool IsShownWithCall(Turn turn) => _shown.Contains(turn);

    /// <summary>
    /// Pairs each result with the nearest open call before it that has its id, otherwise with one after it, as in a
    /// session, whose answers follow everything that was sent.
    /// </summary>
    private void PairById(IReadOnlyList<Turn> turns)
    {
        var calls = turns
            .SelectMany((turn, place) => turn.ToolCalls.Select(call => (Call: call, Place: place)))
            .Where(entry => entry.Call.Id is not null)
            .ToLookup(entry => entry.Call.Id!);
        for (var i = 0; i < turns.Count; i++)
        {
            if (IsResult(turns[i]) && turns[i].Message.ToolCallId is { } id)
            {
                var open = calls[id].Where(entry => !_results.ContainsKey(entry.Call)).ToList();
                var call = open.LastOrDefault(entry => entry.Place < i).Call ?? open.FirstOrDefault().Call;
                Pair(call, turns[i]);
            }
        }
    }

    /// <summary>Pairs the remaining results with the open calls since the last other turn, in order.</summary>
    private void PairByOrder(IReadOnlyList<Turn> turns)
    {
        var open = new List<ToolCall>();
        foreach (var turn in turns)
        {
            if (IsResult(turn))
            {
                if (!_shown.Contains(turn))
                {
                    var call = open.Find(call => turn.Message.Name is null || turn.Message.Name == call.Name);
                    Pair(call, turn);
                    open.RemoveAll(entry => ReferenceEquals(entry, call));
                }
            }
            else if (turn.Role is not "assistant" && turn.ToolCalls.Count == 0)
            {
                open.Clear();
            }

            open.AddRange(turn.ToolCalls.Where(call => !_results.ContainsKey(call)));
        }
    }

    private static bool IsResult(Turn turn) => turn.Role is "tool" or "function" && turn.ToolCalls.Count == 0;

    private void Pair(ToolCall? call, Turn result)
    {
        if (call is not null)
        {
            _results[call] = result;
            _shown.Add(result);
        }
    }
}
