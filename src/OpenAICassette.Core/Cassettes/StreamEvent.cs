using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Cassettes;

/// <summary>
/// Represents an event of a stream as it was received: a block of lines of server-sent events, or one line of JSON.
/// </summary>
/// <param name="source">The event.</param>
internal sealed class StreamEvent(ServerSentEvent source)
{
    private const string Done = "[DONE]";

    /// <summary>Gets the lines, without line ends.</summary>
    public IReadOnlyList<string> Lines => source.Lines;

    /// <summary>Gets where it ends in the body.</summary>
    public int End => source.End;

    /// <summary>Gets the data, its lines joined; null for an event without any.</summary>
    public string? Data => source.Data;

    /// <summary>Gets the data as JSON; undefined if it is none.</summary>
    public JsonValue Json =>
        field.Exists || Data is null ? field : field = JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(Data));

    /// <summary>True for what ends a stream of chat completions.</summary>
    public bool IsDone => Data == Done;

    /// <summary>Gets the event's name; null where it has none.</summary>
    public string? Name => source.Name;

    /// <summary>Reads a body of server-sent events.</summary>
    public static List<StreamEvent> ReadEvents(ReadOnlySpan<byte> body) =>
        ServerSentEventReader.ReadAll(body).ConvertAll(read => new StreamEvent(read));

    /// <summary>Reads a body with one JSON value on each line.</summary>
    public static List<StreamEvent> ReadLines(ReadOnlySpan<byte> body)
    {
        var events = new List<StreamEvent>();
        var reader = new ServerSentEventReader(body);
        while (reader.ReadLine(out var line))
        {
            if (!line.IsEmpty)
            {
                events.Add(
                    new StreamEvent(new ServerSentEvent([$"data: {Encoding.UTF8.GetString(line)}"], reader.Position))
                );
            }
        }

        return events;
    }

    /// <summary>
    /// Returns whether a client takes both for the same: name and data are, whatever the JSON's layout.
    /// </summary>
    public bool IsSame(StreamEvent other) =>
        Name == other.Name
        && (
            Data == other.Data
            || (IsDone == other.IsDone && Json.Exists && other.Json.Exists && RecorderText.IsSame(Json, other.Json))
        );
}
