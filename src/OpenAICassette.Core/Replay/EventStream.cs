namespace OpenAICassette.Replay;

/// <summary>Writes replayed events as a server-sent event stream (WHATWG HTML, section 9.2).</summary>
public static class EventStream
{
    /// <summary>What ends a stream of chat completions.</summary>
    public const string Done = "data: [DONE]\n\n";

    /// <summary>An event with its final blank line: as recorded where it was recorded as one, else with its data on one line.</summary>
    /// <param name="replayEvent">The event.</param>
    public static string Frame(ReplayEvent replayEvent)
    {
        ArgumentNullException.ThrowIfNull(replayEvent);
        return replayEvent.Chunk?.EventLines is { } lines
            ? string.Join('\n', lines) + "\n\n"
            : $"data: {replayEvent.Data.ToCompactJson()}\n\n";
    }

    /// <summary>True when the service ends such a stream with <see cref="Done"/> and the recording does not hold that itself.</summary>
    /// <param name="last">The last event.</param>
    public static bool EndsWithDone(ReplayEvent last)
    {
        ArgumentNullException.ThrowIfNull(last);
        return last.Chunk is { EventLines: null } && last.Data["choices"].Exists;
    }
}
