using System.Text.Json;
using OpenAICassette.Apis;

namespace OpenAICassette.Formats.Traces;

/// <summary>
/// Reads messages in any of the forms that traces hold: those of the conventions, with typed parts; those of the API
/// families; and plain texts.
/// </summary>
internal static class TracedMessages
{
    private const string Assistant = "assistant";

    /// <summary>Returns the messages of an input: a text, a message, a list of them, or a request.</summary>
    public static List<Message> Read(JsonValue input)
    {
        if (input.Kind == JsonValueKind.Array)
        {
            return [.. input.Elements.SelectMany(Read)];
        }

        if (input.Kind != JsonValueKind.Object)
        {
            return input.HasValue ? [Said("user", input)] : [];
        }

        var isRequest = RequestReader.FindInput(input) is { Exists: true } inner && !input["role"].Exists;
        return isRequest ? [.. RequestReader.Read(Body.FromJson(input))] : [.. ReadMessage(input)];
    }

    /// <summary>Returns the messages that one is: the results of tools are messages of their own.</summary>
    /// <param name="message">The message.</param>
    /// <param name="role">The role of a message that names none.</param>
    public static IEnumerable<Message> ReadMessage(JsonValue message, string role = "user")
    {
        if (GenAiMessage.IsOne(message))
        {
            return GenAiMessage.Read(message, role);
        }

        if (AiSdkMessage.IsOne(message))
        {
            return AiSdkMessage.Read(message, role);
        }

        // LangChain keeps what its own messages have no member for beside the content.
        var beside = message["additional_kwargs"]["tool_calls"];
        var read = IsSaid(message) ? RequestReader.ReadItem(message) : [Unknown(role, message, "input")];
        read = message["role"].Exists || message["type"].Exists ? read : read.Select(each => each with { Role = role });
        return beside.Elements.Any()
            ? read.Select(each => each.ToolCalls.Count > 0 ? each : each with { ToolCalls = [.. CallsIn(beside)] })
            : read;
    }

    /// <summary>Returns the answers of an output, each with why it ended.</summary>
    public static List<(Message Message, string? Reason)> Answers(JsonValue output)
    {
        if (output.Elements.Any() && output.Elements.All(AiSdkMessage.IsCall))
        {
            return
            [
                (new Message { Role = Assistant, ToolCalls = [.. output.Elements.Select(AiSdkMessage.CallOf)] }, null),
            ];
        }

        if (output.Kind == JsonValueKind.Array)
        {
            return [.. output.Elements.SelectMany(Answers)];
        }

        if (output.Kind != JsonValueKind.Object)
        {
            return output.HasValue ? [(Said(Assistant, output), null)] : [];
        }

        var inner =
            output["message"].Kind == JsonValueKind.Object ? output["message"]
            : output["content"].Kind == JsonValueKind.Object ? output["content"]
            : output;
        var reason = (output[FinishReason.Member].Exists ? output : inner)[FinishReason.Member].Text;
        var messages = IsSaid(inner) ? ReadMessage(inner, Assistant) : [Unknown(Assistant, output, "output")];
        return [.. messages.Select(message => (message, reason))];
    }

    private static bool IsSaid(JsonValue message) =>
        message["role"].Exists
        || message["content"].Exists
        || message["tool_calls"].Exists
        || message["parts"].Exists
        || message["type"].Exists;

    private static Message Unknown(string role, JsonValue value, string name) =>
        new() { Role = role, Parts = [new ContentPart(ContentPartKind.Json, value.ToCompactJson(), name)] };

    private static IEnumerable<ToolCall> CallsIn(JsonValue calls) =>
        RequestReader
            .ReadItem(
                JsonValue.ParseOrUndefined(
                    System.Text.Encoding.UTF8.GetBytes($$"""{"role":"assistant","tool_calls":{{calls}}}""")
                )
            )
            .SelectMany(message => message.ToolCalls);

    private static Message Said(string role, JsonValue text) =>
        new() { Role = role, Parts = [new ContentPart(ContentPartKind.Text, text.ToString())] };
}
