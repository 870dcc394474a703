using System.Text.Json;
using OpenAICassette.Apis;

namespace OpenAICassette.Formats.Traces;

/// <summary>
/// Reads the events that stand for single messages, as the conventions had it before: <c>gen_ai.user.message</c>,
/// <c>gen_ai.choice</c> and others. What is said is in the body, in an attribute as JSON, or in attributes.
/// </summary>
internal static class GenAiEvents
{
    private const string Start = "gen_ai.";
    private const string End = ".message";

    /// <summary>Adds the messages and answers of events.</summary>
    public static void Read(
        IReadOnlyList<SpanEvent> events,
        List<Message> messages,
        List<(Message Message, string? Reason)> choices
    )
    {
        foreach (var each in events)
        {
            switch (each.Name)
            {
                case "gen_ai.choice":
                    choices.AddRange(AnswersOf(each));
                    break;
                case "gen_ai.content.prompt":
                    messages.AddRange(TracedMessages.Read(each.Fields.Json("gen_ai.prompt")));
                    break;
                case "gen_ai.content.completion":
                    choices.AddRange(TracedMessages.Answers(each.Fields.Json("gen_ai.completion")));
                    break;
                case { } name
                    when name.StartsWith(Start, StringComparison.Ordinal)
                        && name.EndsWith(End, StringComparison.Ordinal):
                    messages.AddRange(MessagesOf(each, name[Start.Length..^End.Length]));
                    break;
            }
        }
    }

    private static IEnumerable<Message> MessagesOf(SpanEvent said, string role)
    {
        var body = BodyOf(said);
        var message = TracedMessages.ReadMessage(
            body.Exists ? body : Rebuild(said.Fields, "content", role, said.Fields.Text("role")),
            role
        );
        return body.Exists ? message.Select(each => WithRole(each, body, role)) : message;
    }

    private static Message WithRole(Message message, JsonValue body, string role) =>
        message with
        {
            Role = body["role"].Exists || message.Role == "tool" ? message.Role : role,
            ToolCallId = message.ToolCallId ?? (role == "tool" ? body["id"].Text : null),
        };

    private static List<(Message Message, string? Reason)> AnswersOf(SpanEvent said)
    {
        var body = BodyOf(said);
        if (body.Exists)
        {
            return
                TracedMessages.Answers(
                    body["message"].Exists ? body
                    : body["content"].Exists ? body
                    : default
                )
                    is { Count: > 0 } answers
                ? answers
                : [(new Message { Role = "assistant" }, body[FinishReason.Member].Text)];
        }

        var name = said.Fields["message"].Exists ? "message" : "content";
        var message = said.Fields.Json(name);
        var reason = said.Fields.Text(FinishReason.Member);
        var isWhole = message.Kind == JsonValueKind.Object;
        return
        [
            .. TracedMessages
                .ReadMessage(isWhole ? message : Rebuild(said.Fields, name, "assistant", null), "assistant")
                .Select(each => (each, reason)),
        ];
    }

    private static JsonValue BodyOf(SpanEvent said) =>
        said.Body.Kind == JsonValueKind.Object ? said.Body
        : said.Fields.Json("gen_ai.event.content") is { Kind: JsonValueKind.Object } content ? content
        : default;

    /// <summary>Returns a message of the attributes of an event.</summary>
    private static JsonValue Rebuild(SpanFields fields, string content, string role, string? given) =>
        JsonValue.ParseOrUndefined(
            Text.JsonBytes.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("role", given ?? role);
                Text.JsonBytes.WriteAsIs(writer, "content", fields.Json(content));
                Text.JsonBytes.WriteAsIs(writer, "tool_calls", fields.Json("tool_calls"));
                if (role == "tool")
                {
                    Text.JsonBytes.WriteAsIs(writer, "tool_call_id", fields["id"]);
                }

                writer.WriteEndObject();
            })
        );
}
