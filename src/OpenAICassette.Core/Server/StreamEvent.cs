using System.Text;
using OpenAICassette.Json;

namespace OpenAICassette.Server;

/// <summary>One event of a stream as it was received: a block of lines of server-sent events, or one line of JSON.</summary>
/// <param name="Lines">Its lines, without line ends.</param>
/// <param name="End">Where it ends in the body.</param>
internal sealed record StreamEvent(IReadOnlyList<string> Lines, int End)
{
    private const string Done = "[DONE]";

    /// <summary>The data, its lines joined; null for an event without any.</summary>
    public string? Data => field ??= DataOf(Lines);

    /// <summary>The data as JSON; undefined when it is none.</summary>
    public JsonValue Json => field.Exists || Data is null ? field : field = JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(Data));

    /// <summary>True for what ends a stream of chat completions.</summary>
    public bool IsDone => Data == Done;

    /// <summary>The event's name; null where it has none.</summary>
    public string? Name => Lines.LastOrDefault(line => line.StartsWith("event:", StringComparison.Ordinal))?[6..].Trim();

    /// <summary>Reads a body of server-sent events. What stands after the last blank line counts too: the stream may have been cut there.</summary>
    public static List<StreamEvent> ReadEvents(ReadOnlySpan<byte> body)
    {
        var events = new List<StreamEvent>();
        var lines = new List<string>();
        var at = 0;
        while (at < body.Length)
        {
            var (line, next) = Line(body, at);
            at = next;
            if (line.Length > 0)
            {
                lines.Add(line);
            }

            if ((line.Length == 0 || at == body.Length) && lines.Count > 0)
            {
                events.Add(new StreamEvent([.. lines], at));
                lines.Clear();
            }
        }

        return events;
    }

    /// <summary>Reads a body with one JSON value on each line.</summary>
    public static List<StreamEvent> ReadLines(ReadOnlySpan<byte> body)
    {
        var events = new List<StreamEvent>();
        for (var at = 0; at < body.Length;)
        {
            var (line, next) = Line(body, at);
            at = next;
            if (line.Length > 0)
            {
                events.Add(new StreamEvent([$"data: {line}"], at));
            }
        }

        return events;
    }

    /// <summary>True when a client takes both for the same: name and data are, whatever the JSON's layout.</summary>
    public bool IsSame(StreamEvent other) => Name == other.Name && IsDone == other.IsDone && (Json.Exists && other.Json.Exists
        ? RecorderText.IsSame(Json, other.Json)
        : Data == other.Data);

    private static (string Line, int Next) Line(ReadOnlySpan<byte> body, int at)
    {
        var length = body[at..].IndexOfAny((byte)'\r', (byte)'\n');
        if (length < 0)
        {
            return (Encoding.UTF8.GetString(body[at..]), body.Length);
        }

        var end = at + length;
        var isPair = body[end] == '\r' && end + 1 < body.Length && body[end + 1] == '\n';
        return (Encoding.UTF8.GetString(body[at..end]), end + (isPair ? 2 : 1));
    }

    private static string? DataOf(IReadOnlyList<string> lines)
    {
        var data = lines.Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => line.AsSpan(5).StartsWith(" ") ? line[6..] : line[5..]).ToList();
        return data.Count == 0 ? null : string.Join('\n', data);
    }
}
