using OpenAICassette.Matching;

namespace OpenAICassette.Replay;

/// <summary>
/// Keeps how far each session of clients has come. Sessions are named by clients; of too many, the oldest are forgotten.
/// </summary>
internal sealed class PlaySessions
{
    private const int MostSessions = 1_000;

    private readonly Dictionary<string, PlayTurns> _sessions = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Lock _lock = new();

    /// <summary>Gets the turns of clients that name no session.</summary>
    public PlayTurns Shared { get; } = new();

    /// <summary>Returns the turns of a session.</summary>
    /// <param name="name">The name; null for clients that name none.</param>
    public PlayTurns Of(string? name)
    {
        if (name is null)
        {
            return Shared;
        }

        lock (_lock)
        {
            if (!_sessions.TryGetValue(name, out var turns))
            {
                _sessions[name] = turns = new PlayTurns();
                _order.Enqueue(name);
                if (_order.Count > MostSessions)
                {
                    _sessions.Remove(_order.Dequeue());
                }
            }

            return turns;
        }
    }

    /// <summary>Starts all sequences over.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _sessions.Clear();
            _order.Clear();
        }

        Shared.Clear();
    }
}
