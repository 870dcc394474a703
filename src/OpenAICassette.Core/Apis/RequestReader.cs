using System.Text.Json;

namespace OpenAICassette.Apis;

/// <summary>
/// Reads the messages of a request. Which API it is shows in the members of the body, which a wrong endpoint cannot
/// hide.
/// </summary>
internal static class RequestReader
{
    private static readonly string[] s_system = ApiFamilies.Names(words => words.System);
    private static readonly string[] s_inputs = ApiFamilies.Names(words => words.Inputs);
    private static readonly string[] s_previous = ApiFamilies.Names(words => words.PreviousIds);

    /// <summary>Returns the messages; none for a request that says nothing, such as one for a list of models.</summary>
    public static IReadOnlyList<Message> Read(RecordedRequest request)
    {
        var body = request.Body.Json;
        if (request.ToolName is { } tool)
        {
            return [new Message { Role = "user", ToolCalls = [new ToolCall(null, tool, body.ToCompactJson())] }];
        }

        if (request.Body.Parts.Count > 0)
        {
            return MultipartRequest.Read(request.Body);
        }

        var messages = System(body);
        var input = FindInput(body);
        if (input.Exists)
        {
            messages.AddRange(Inputs(input));
        }
        else if (body.Kind == JsonValueKind.Object ? body.Count > 0 : body.HasValue)
        {
            messages.Add(Said(new ContentPart(ContentPartKind.Json, body.ToCompactJson(), "request")));
        }
        else if (request.FileId is { } file)
        {
            messages.Add(Said(new ContentPart(ContentPartKind.File, file)));
        }

        return messages;
    }

    /// <summary>
    /// Returns the member of a body that holds what is said; undefined for a body that is of no known API.
    /// </summary>
    public static JsonValue FindInput(JsonValue body)
    {
        foreach (var name in s_inputs)
        {
            // A list of messages is one in every API; other inputs may be a single text.
            var input = body[name];
            if (input.Exists && (name != "messages" || input.Kind == JsonValueKind.Array))
            {
                return input;
            }
        }

        return default;
    }

    /// <summary>Returns the id of the response that the request goes on from; null where it names none.</summary>
    public static string? FindPreviousId(JsonValue body) =>
        s_previous.Select(name => body[name].Text).FirstOrDefault(id => id is not null);

    /// <summary>Returns whether a member names the response that the request continues.</summary>
    public static bool IsPreviousId(string name) => s_previous.Contains(name);

    /// <summary>
    /// Returns whether a value is a message that is sent. Some answers differ from one only by their id and model.
    /// </summary>
    public static bool IsMessage(JsonValue value) =>
        value["role"].Text is not null
        && !value["model"].Exists
        && (
            value["content"].Exists
            || value["parts"].Exists
            || value["tool_calls"].Exists
            || value["function_call"].Exists
        );

    /// <summary>Returns the messages of a body that has some.</summary>
    public static IReadOnlyList<Message> Read(Body body) => [.. System(body.Json), .. Inputs(FindInput(body.Json))];

    private static Message Said(ContentPart part) => new() { Role = "user", Parts = [part] };

    private static List<Message> System(JsonValue body)
    {
        // Google's SDK keeps what the system says with the parameters.
        var config = body["config"];
        foreach (var name in s_system)
        {
            var system = body[name].HasValue ? body[name] : config[name];
            if (system.HasValue)
            {
                var parts = system["parts"].Exists ? system["parts"] : system;
                return [new Message { Role = "system", Parts = Parts(parts) }];
            }
        }

        return [];
    }

    /// <summary>Returns the messages of an input: one text, several texts, or a list of messages and items.</summary>
    private static IEnumerable<Message> Inputs(JsonValue input)
    {
        IEnumerable<JsonValue> items =
            input.Kind == JsonValueKind.Array ? input.Elements
            : input.Exists ? [input]
            : [];
        return items.SelectMany(item =>
            item.Kind == JsonValueKind.Object ? ReadItem(item) : [new Message { Role = "user", Parts = Parts(item) }]
        );
    }

    /// <summary>Returns the messages that an item of a list is: a message, a tool call, or the result of one.</summary>
    public static IEnumerable<Message> ReadItem(JsonValue item)
    {
        var type = item["type"].Text;
        foreach (var family in ApiFamilies.All)
        {
            if (family.ReadItem(item, type) is { } messages)
            {
                return messages;
            }
        }

        return MessageReader.Read(item);
    }

    /// <summary>Returns the parts of a content: those of a list of objects, else one part.</summary>
    public static IReadOnlyList<ContentPart> Parts(JsonValue content) =>
        content.Kind == JsonValueKind.Array && content.Elements.All(part => part.Kind == JsonValueKind.Object)
            ? [.. content.Elements.Select(ContentPartReader.Read)]
            : [ContentPartReader.Read(content)];
}
