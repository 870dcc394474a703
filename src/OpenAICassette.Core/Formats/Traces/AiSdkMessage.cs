namespace OpenAICassette.Formats.Traces;

/// <summary>Reads messages and calls of tools as the AI SDK for TypeScript has them in its spans.</summary>
internal static class AiSdkMessage
{
    private const string Call = "tool-call";
    private const string Result = "tool-result";

    /// <summary>Returns whether a message has calls of tools or their results in this form.</summary>
    public static bool IsOne(JsonValue message) =>
        message["content"].Elements.Any(part => part["type"].Text is Call or Result);

    /// <summary>Returns whether a value is a call of a tool.</summary>
    public static bool IsCall(JsonValue value) => value["toolName"].Exists && value["toolCallId"].Exists;

    /// <summary>Returns the messages that one is: each result of a tool is a message of its own.</summary>
    /// <param name="message">The message.</param>
    /// <param name="role">The role of a message that names none.</param>
    public static IEnumerable<Message> Read(JsonValue message, string role)
    {
        var parts = message["content"].Elements.ToList();
        foreach (var part in parts.Where(part => part["type"].Text == Result))
        {
            yield return new Message
            {
                Role = "tool",
                ToolCallId = part["toolCallId"].Text,
                Name = part["toolName"].Text,
                Parts = [new ContentPart(ContentPartKind.Text, ResultOf(part))],
            };
        }

        var others = parts.Where(part => part["type"].Text is not (Call or Result)).ToList();
        var calls = parts.Where(part => part["type"].Text == Call).Select(CallOf).ToList();
        if (others.Count + calls.Count > 0)
        {
            yield return new Message
            {
                Role = message["role"].Text ?? role,
                Parts =
                [
                    .. others
                        .Where(part => part["type"].Text != "reasoning")
                        .SelectMany(part => GenAiMessage.Parts(part)),
                ],
                Reasoning = string.Concat(
                    others.Where(part => part["type"].Text == "reasoning").Select(part => part["text"].Text)
                )
                    is { Length: > 0 } thought
                    ? thought
                    : null,
                ToolCalls = calls,
            };
        }
    }

    /// <summary>Returns a call of a tool.</summary>
    public static ToolCall CallOf(JsonValue call)
    {
        var arguments = call["input"].Exists ? call["input"] : call["args"];
        return new ToolCall(
            call["toolCallId"].Text,
            call["toolName"].Text ?? string.Empty,
            arguments.Text ?? (arguments.Exists ? arguments.ToCompactJson() : string.Empty)
        );
    }

    private static string ResultOf(JsonValue part)
    {
        var output = part["output"].Exists ? part["output"] : part["result"];
        var value = output["value"].Exists ? output["value"] : output;
        return value.Text ?? (value.Exists ? value.ToCompactJson() : string.Empty);
    }
}
