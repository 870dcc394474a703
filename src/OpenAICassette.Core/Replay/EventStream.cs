using System.Text;
using OpenAICassette.Apis;
using OpenAICassette.Text;

namespace OpenAICassette.Replay;

/// <summary>Writes chunks as a server-sent event stream (WHATWG HTML, section 9.2).</summary>
internal static class EventStream
{
    /// <summary>The end of a stream of chat completions.</summary>
    public const string Done = "data: [DONE]\n\n";

    /// <summary>
    /// Returns an event with its final blank line: as recorded if it was recorded as an event, otherwise with its data
    /// on one line.
    /// </summary>
    /// <param name="replayEvent">The event.</param>
    public static string Frame(ReplayEvent replayEvent)
    {
        ArgumentNullException.ThrowIfNull(replayEvent);
        return replayEvent.Chunk is { } chunk ? Frame(chunk) : $"data: {replayEvent.Data.ToCompactJson()}\n\n";
    }

    /// <summary>
    /// Returns whether the service ends such a stream with <see cref="Done"/> and the recording does not contain it.
    /// </summary>
    /// <param name="last">The last event.</param>
    public static bool EndsWithDone(ReplayEvent last)
    {
        ArgumentNullException.ThrowIfNull(last);
        return last.Chunk is { } chunk && EndsWithDone([chunk]);
    }

    /// <summary>Returns a chunk as an event.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="layout">The layout of its JSON; null for JSON without white space.</param>
    internal static string Frame(Chunk chunk, JsonLayout? layout = null)
    {
        if (chunk.EventLines is { } lines)
        {
            return string.Join('\n', lines) + "\n\n";
        }

        var type = chunk.Data["type"].Text;
        var isNamed = type is not null && (chunk.Frame.EventName is not null || ApiFamilies.NamesEvent(type));
        return $"{(isNamed ? $"event: {type}\n" : string.Empty)}data: {JsonOf(chunk, layout)}\n\n";
    }

    /// <summary>Returns the JSON of a chunk on one line.</summary>
    internal static string JsonOf(Chunk chunk, JsonLayout? layout) =>
        layout is { Indent: 0 } ? Encoding.UTF8.GetString(layout.Write(chunk.Data)) : chunk.Data.ToCompactJson();

    /// <summary>
    /// Returns whether the service ends these chunks with <see cref="Done"/> and they do not contain it.
    /// </summary>
    internal static bool EndsWithDone(IReadOnlyList<Chunk> chunks) =>
        chunks.Count > 0
        && chunks[^1] is { EventLines: null } last
        && ApiFamilies.All.Any(family => family.EndsWithDone(last.Data));
}
