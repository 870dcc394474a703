using System.Text;
using System.Text.Json;
using OpenAICassette.Apis;
using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette.Conversations;

/// <summary>
/// Makes cassettes of what clients hand out: the text of an event stream, JSON of a response or its chunks, lists of
/// messages, lines of JSON as data sets have them. Recordings are read as what they are.
/// </summary>
internal static class GivenCassette
{
    private const string Name = "input";

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>A cassette for each conversation in it.</returns>
    /// <exception cref="CassetteException">It is none of these.</exception>
    public static IReadOnlyList<Cassette> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Parsed(text) is { Exists: true } value)
        {
            return OfValue(value, text);
        }

        if (Events(text) is { Count: > 0 } events)
        {
            var data = events.Select(lines => Parsed(ServerSentEvent.DataOf(lines) ?? string.Empty)).ToArray();
            return [Make(default, data, events, isStreaming: true)];
        }

        var lines = text.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).Select(Parsed).ToList();
        if (lines.Count == 0 || lines.Any(line => !line.Exists))
        {
            throw new CassetteException(
                CassetteError.CassetteFormatUnknown,
                Name,
                "expected a cassette, JSON or the text of an event stream. Use Get-Cassette to read files."
            );
        }

        return IsStream(lines)
            ? [Make(default, lines, null, isStreaming: true)]
            : [.. lines.SelectMany(line => OfValue(line, line.ToString()))];
    }

    /// <summary>Returns the JSON of a text; undefined for what is no list and no object.</summary>
    internal static JsonValue Parsed(string text)
    {
        var value = text.AsSpan().TrimStart() is ['{' or '[', ..]
            ? JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(text))
            : default;
        return value.Kind is JsonValueKind.Object or JsonValueKind.Array ? value : default;
    }

    /// <summary>Returns whether it is a chunk of a stream that is no whole response.</summary>
    internal static bool IsChunk(JsonValue value) =>
        ApiFamilies.Of(value, out var shape) is not null && shape == ResponseShape.Chunk;

    /// <summary>
    /// Returns how a stream goes on whose chunks look like whole responses, as this value does; null for another value.
    /// </summary>
    internal static IWholeChunks? WholeChunks(JsonValue value) =>
        ApiFamilies.Of(value, out var shape) is { } family && shape == ResponseShape.Either ? family.WholeChunks : null;

    /// <summary>True for the chunks of one stream, which an error may end.</summary>
    private static bool IsStream(List<JsonValue> values) =>
        values.All(value => IsChunk(value) || (value["error"].Exists && values.Any(IsChunk)))
        || (WholeChunks(values[0]) is { } chunks && values.Zip(values.Skip(1), chunks.GoesOn).All(goesOn => goesOn));

    private static IReadOnlyList<Cassette> OfValue(JsonValue value, string text)
    {
        if (value.Kind == JsonValueKind.Array)
        {
            var elements = value.Elements.ToList();
            return elements.Count > 0 && elements.All(RequestReader.IsMessage)
                    ? [Make(Messages(text), [], null, isStreaming: false)]
                : elements.Count > 0 && IsStream(elements) ? [Make(default, elements, null, isStreaming: true)]
                : elements.Count > 0 && elements.All(element => element.Kind == JsonValueKind.Object)
                    ? [.. elements.SelectMany(element => OfValue(element, element.ToString()))]
                : [Make(default, [value], null, isStreaming: false)];
        }

        if (value["request"].Kind == JsonValueKind.Object && value["response"].Kind == JsonValueKind.Object)
        {
            return [CassetteStore.Open(Encoding.UTF8.GetBytes(text), CassetteOrigin.OfMemory(Name))];
        }

        var isRequest =
            value["messages"].Kind == JsonValueKind.Array
            || value["contents"].Exists
            || (value["input"].Exists && !value["output"].Exists);
        return isRequest || RequestReader.IsMessage(value)
            ? [Make(isRequest ? value : Messages($"[{text}]"), [], null, isStreaming: false)]
            : [Make(default, [value], null, IsChunk(value))];
    }

    private static JsonValue Messages(string list) =>
        JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes($$"""{"messages":{{list}}}"""));

    private static Cassette Make(
        JsonValue request,
        IReadOnlyList<JsonValue> response,
        IReadOnlyList<string[]>? events,
        bool isStreaming
    )
    {
        var summary = new InteractionSummary
        {
            Model = request["model"].Text,
            IsStreaming = isStreaming,
            ChunkCount = isStreaming ? response.Count : 0,
            Views = new GivenViews(request, response, events, isStreaming),
        };
        var source =
            request.Exists ? request.Utf8
            : response.Count == 1 ? response[0].Utf8
            : default;
        return new Cassette(CassetteSource.OfMemory(source), CassetteOrigin.OfMemory(Name), "Text", [summary]);
    }

    /// <summary>
    /// Returns the events of an event stream (WHATWG HTML, section 9.2.6): lines up to a blank one; none for another
    /// text.
    /// </summary>
    private static List<string[]> Events(string text)
    {
        var events = new List<string[]>();
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Append(string.Empty))
        {
            // Some tools drop the blank lines: then a line of data that is complete ends its event.
            if (line.Length == 0 || EndsWithoutBlankLine(lines, line))
            {
                End(events, lines);
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }
        }

        return events.Exists(lines => Array.Exists(lines, ServerSentEvent.IsData)) ? events : [];
    }

    private static void End(List<string[]> events, List<string> lines)
    {
        if (lines.Count > 0)
        {
            events.Add([.. lines]);
            lines.Clear();
        }
    }

    /// <summary>Returns whether it is a line of data that follows data that is whole.</summary>
    private static bool EndsWithoutBlankLine(List<string> lines, string next) =>
        ServerSentEvent.IsData(next) && ServerSentEvent.DataOf(lines) is { } data && Parsed(data).Exists;
}
