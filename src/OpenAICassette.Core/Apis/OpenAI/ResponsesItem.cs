namespace OpenAICassette.Apis.OpenAI;

/// <summary>
/// Represents the items of a Responses request that are not messages: calls, their results, thoughts.
/// </summary>
internal static class ResponsesItem
{
    /// <summary>Returns the messages that an item is; null for an item that is a message of the common shape.</summary>
    public static IReadOnlyList<Message>? Read(JsonValue item, string? type) =>
        type switch
        {
            null => null,
            "function_call" or "custom_tool_call" => [Call(item)],
            "reasoning" => Thought(item),
            _ when type.EndsWith("_call_output", StringComparison.Ordinal) => [Result(item)],

            // What a tool of the service's own did: a search, an image, a call by the model context protocol.
            _ when type.EndsWith("_call", StringComparison.Ordinal)
                    || type.StartsWith("mcp_", StringComparison.Ordinal) =>
            [
                new Message { Role = "assistant", Parts = [ContentPartReader.Read(item)] },
            ],
            _ => null,
        };

    private static Message Call(JsonValue item)
    {
        var arguments = item["arguments"].HasValue ? item["arguments"] : item["input"];
        return new Message
        {
            Role = "assistant",
            ToolCalls = [new ToolCall(IdOf(item), item["name"].ToString(), arguments.ToString())],
        };
    }

    private static Message Result(JsonValue item) =>
        new()
        {
            Role = "tool",
            Parts = RequestReader.Parts(item["output"]),
            ToolCallId = IdOf(item),
        };

    private static Message[] Thought(JsonValue item)
    {
        var thoughts = item["summary"]
            .Elements.Concat(item["content"].Elements)
            .Select(thought => thought["text"].Text);
        var reasoning = string.Concat(thoughts);
        return reasoning.Length == 0 ? [] : [new Message { Role = "assistant", Reasoning = reasoning }];
    }

    private static string? IdOf(JsonValue item) => item["call_id"].Text ?? item["id"].Text;
}
