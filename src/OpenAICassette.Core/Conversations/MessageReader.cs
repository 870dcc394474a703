using System.Text.Json;
using OpenAICassette.Json;

namespace OpenAICassette.Conversations;

/// <summary>Reads a message of a request: OpenAI's, Ollama's, Anthropic's with content blocks, Gemini's with parts.</summary>
internal static class MessageReader
{
    /// <summary>The message; an Anthropic one with tool results becomes one message for each result.</summary>
    public static IEnumerable<Message> Read(JsonValue message)
    {
        var content = message["content"].Exists ? message["content"] : message["parts"];
        var isBlock = !content.Exists && !message["role"].Exists && message["type"].Exists;
        var blocks = content.Kind == JsonValueKind.Array ? content.Elements.ToList() : content.HasValue ? [content] : isBlock ? [message] : [];
        foreach (var result in blocks.Where(IsToolResult))
        {
            yield return ToolResult(result);
        }

        var said = blocks.Where(block => !IsToolResult(block)).ToList();
        if (said.Count > 0 || blocks.Count == 0)
        {
            yield return Read(message, said);
        }
    }

    /// <summary>A role in the common words: Gemini calls the assistant "model".</summary>
    public static string Role(JsonValue role) => role.Text switch
    {
        null => "user",
        "model" => "assistant",
        var other => other,
    };

    private static Message Read(JsonValue message, List<JsonValue> blocks)
    {
        var images = message["images"].Elements.Select(image => new ContentPart(ContentPartKind.Image, $"data:image/*;base64,{image}"));
        var thoughts = blocks.Where(IsThought).Select(Thought);
        var reasoning = message["reasoning_content"].Text ?? message["reasoning"].Text ?? string.Concat(thoughts);
        return new Message
        {
            Role = Role(message["role"]),
            Parts = [.. blocks.Where(IsPart).Select(ContentPartReader.Read), .. images],
            ToolCalls = [.. ToolCalls(message), .. blocks.Where(IsToolUse).Select(ToolUse)],
            Reasoning = reasoning.Length > 0 ? reasoning : null,
            Refusal = message["refusal"].Text,
            ToolCallId = message["tool_call_id"].Text,
            Name = message["name"].Text ?? message["tool_name"].Text,
        };
    }

    private static IEnumerable<ToolCall> ToolCalls(JsonValue message)
    {
        foreach (var call in message["tool_calls"].Elements)
        {
            var function = call["function"].HasValue ? call["function"] : call["custom"];
            yield return Call(call["id"], function["name"], function["arguments"].Exists ? function["arguments"] : function["input"]);
        }

        if (message["function_call"].HasValue)
        {
            yield return Call(default, message["function_call"]["name"], message["function_call"]["arguments"]);
        }
    }

    /// <summary>A call written as a content block: Anthropic's tool_use, Gemini's functionCall, the Interactions API's function_call.</summary>
    private static ToolCall ToolUse(JsonValue block)
    {
        var call = Inner(block, "function_call", "functionCall");
        var arguments = call["args"].Exists ? call["args"] : call["input"].Exists ? call["input"] : call["arguments"];
        return Call(call["id"], call["name"], arguments);
    }

    private static Message ToolResult(JsonValue block)
    {
        var result = Inner(block, "function_response", "functionResponse");
        var content = result["content"].Exists ? result["content"] : result["response"].Exists ? result["response"] : result["result"];
        return new Message
        {
            Role = "tool",
            Parts = content.Kind == JsonValueKind.Array
                ? [.. content.Elements.Select(ContentPartReader.Read)]
                : [new ContentPart(ContentPartKind.Text, content.Text ?? content.ToCompactJson())],
            ToolCallId = result["tool_use_id"].Text ?? result["id"].Text,
            Name = result["name"].Text,
        };
    }

    private static ToolCall Call(JsonValue id, JsonValue name, JsonValue arguments)
        => new(id.Text, name.ToString(), arguments.Text ?? arguments.ToCompactJson());

    private static JsonValue Inner(JsonValue block, string snake, string camel)
        => block[snake].HasValue ? block[snake] : block[camel].HasValue ? block[camel] : block;

    private static bool IsToolResult(JsonValue block) => block["type"].Text is "tool_result" or "function_result"
        || block["function_response"].HasValue || block["functionResponse"].HasValue;

    private static bool IsToolUse(JsonValue block) => block["type"].Text is "tool_use" or "server_tool_use" or "mcp_tool_use" or "function_call"
        || block["function_call"].HasValue || block["functionCall"].HasValue;

    private static bool IsThought(JsonValue block) => block["type"].Text == "thinking" || block["thought"].Truth == true;

    /// <summary>The text of a thought: Anthropic's and Gemini's is one, Mistral's a list of texts.</summary>
    private static string Thought(JsonValue block)
        => block["thinking"].Text ?? block["text"].Text ?? string.Concat(block["thinking"].Elements.Select(part => part["text"].Text));

    private static bool IsPart(JsonValue block) => !IsToolUse(block) && !IsThought(block);
}
