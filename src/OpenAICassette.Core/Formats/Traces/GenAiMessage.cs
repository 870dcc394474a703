using System.Text.Json;
using OpenAICassette.Apis;

namespace OpenAICassette.Formats.Traces;

/// <summary>
/// Reads a message as OpenTelemetry's semantic conventions for generative AI have it: a role and typed parts.
/// </summary>
internal static class GenAiMessage
{
    private const string Response = "response";

    /// <summary>Returns whether a message has this form.</summary>
    public static bool IsOne(JsonValue message) =>
        message["parts"].Kind == JsonValueKind.Array && message["parts"].Elements.All(part => part["type"].Exists);

    /// <summary>Returns the messages that one is: each result of a tool is a message of its own.</summary>
    /// <param name="message">The message.</param>
    /// <param name="role">The role of a message that names none.</param>
    public static IEnumerable<Message> Read(JsonValue message, string role)
    {
        var parts = new List<ContentPart>();
        var calls = new List<ToolCall>();
        var results = new List<Message>();
        string? reasoning = null;
        string? refusal = null;
        foreach (var part in message["parts"].Elements)
        {
            switch (part["type"].Text)
            {
                case "reasoning" when part["content"].Text is { } thought:
                    reasoning += thought;
                    break;
                case "refusal" when part["content"].Text is { } text:
                    refusal += text;
                    break;
                case "tool_call":
                    calls.Add(
                        new ToolCall(part["id"].Text, part["name"].Text ?? string.Empty, TextOf(part["arguments"]))
                    );
                    break;
                case "tool_call_response" or "function_result":
                    results.Add(ResultOf(part));
                    break;
                default:
                    parts.Add(ReadPart(part));
                    break;
            }
        }

        var isRest = parts.Count > 0 || calls.Count > 0 || reasoning is not null || refusal is not null;
        return isRest || results.Count == 0
            ?
            [
                .. results,
                new Message
                {
                    Role = message["role"].Exists ? MessageReader.Role(message["role"]) : role,
                    Parts = parts,
                    ToolCalls = calls,
                    Reasoning = reasoning,
                    Refusal = refusal,
                    Name = message["name"].Text,
                },
            ]
            : results;
    }

    /// <summary>Returns the parts of the system's instructions.</summary>
    public static IReadOnlyList<ContentPart> Parts(JsonValue parts) =>
        parts.Kind == JsonValueKind.Array ? [.. parts.Elements.Select(ReadPart)]
        : parts.Kind == JsonValueKind.Object ? [ReadPart(parts)]
        : [new ContentPart(ContentPartKind.Text, parts.ToString())];

    private static Message ResultOf(JsonValue part) =>
        new()
        {
            Role = "tool",
            ToolCallId = part["id"].Text ?? part["call_id"].Text,
            Parts =
            [
                new ContentPart(ContentPartKind.Text, TextOf(part[Response].Exists ? part[Response] : part["result"])),
            ],
        };

    private static ContentPart ReadPart(JsonValue part)
    {
        var content = part["content"].Text;
        switch (part["type"].Text)
        {
            case "text" when content is not null:
                return new ContentPart(ContentPartKind.Text, content);
            case "blob" when content is not null:
                return new ContentPart(KindOf(part), DataUrl.Of(part["mime_type"].Text ?? "*/*", content));
            case "uri" when part["uri"].Text is { } address:
                return new ContentPart(KindOf(part), address);
            case "file" when part["file_id"].Text is { } id:
                return new ContentPart(KindOf(part), id);
        }

        // A part that has no type of its own is kept as JSON in a text.
        var whole = SpanFields.Parsed(part["content"]);
        return part["type"].Exists && whole.Kind != JsonValueKind.Object
            ? new ContentPart(ContentPartKind.Json, part.ToCompactJson(), part["type"].Text)
            : ContentPartReader.Read(whole.Kind == JsonValueKind.Object ? whole : part);
    }

    private static ContentPartKind KindOf(JsonValue part) =>
        part["modality"].Text switch
        {
            "image" => ContentPartKind.Image,
            "audio" => ContentPartKind.Audio,
            _ => ContentPartKind.File,
        };

    private static string TextOf(JsonValue value) =>
        value.Text ?? (value.Exists ? value.ToCompactJson() : string.Empty);
}
