using System.Text.Json;

namespace OpenAICassette.Apis;

/// <summary>
/// Reads a message of a request. All families have a role and content; what the blocks of the content are, each knows
/// of its own.
/// </summary>
internal static class MessageReader
{
    private static readonly string[] s_thoughts = ApiFamilies.Names(words => words.Thoughts);

    /// <summary>Returns the message; one with results of tools becomes one message for each result.</summary>
    public static IEnumerable<Message> Read(JsonValue message)
    {
        var draft = new MessageDraft();
        foreach (var block in Blocks(message))
        {
            draft.Add(block);
        }

        return draft.HasOnlyResults ? draft.Results
            : draft.Results.Count == 0 ? [Build(message, draft)]
            : [.. draft.Results, Build(message, draft)];
    }

    /// <summary>Returns a role in the common words: Gemini calls the assistant "model", xAI "ROLE_ASSISTANT".</summary>
    public static string Role(JsonValue role) =>
        role.Text switch
        {
            null => "user",
            "model" => "assistant",
            ['R', 'O', 'L', 'E', '_', .. var name] => name.ToLowerInvariant(),
            var other => other,
        };

    private static JsonValue[] Blocks(JsonValue message)
    {
        var content = message["content"].Exists ? message["content"] : message["parts"];
        var isBlock = !content.Exists && !message["role"].Exists && message["type"].Exists;
        return content.Kind == JsonValueKind.Array ? [.. content.Elements]
            : content.HasValue ? [content]
            : isBlock ? [message]
            : [];
    }

    private static Message Build(JsonValue message, MessageDraft draft)
    {
        var images = message["images"]
            .Elements.Select(image => new ContentPart(ContentPartKind.Image, DataUrl.Of("image/*", image)));
        var reasoning = ThoughtBeside(message) ?? draft.Thought;
        return new Message
        {
            Role = Role(message["role"]),
            Parts = [.. draft.Parts, .. images],
            ToolCalls = [.. ToolCalls(message), .. draft.ToolCalls],
            Reasoning = reasoning.Length > 0 ? reasoning : null,
            Refusal = message["refusal"].Text,
            ToolCallId = message["tool_call_id"].Text,
            Name = message["name"].Text ?? message["tool_name"].Text,
        };
    }

    /// <summary>Returns the thought that stands beside the content; null where none does.</summary>
    private static string? ThoughtBeside(JsonValue message)
    {
        foreach (var name in s_thoughts)
        {
            if (message[name].Text is { } thought)
            {
                return thought;
            }
        }

        return null;
    }

    /// <summary>Returns the calls that stand beside the content.</summary>
    private static IReadOnlyList<ToolCall> ToolCalls(JsonValue message)
    {
        var calls = new MessageDraft();
        foreach (var call in message["tool_calls"].Elements)
        {
            var function = call["function"].HasValue ? call["function"] : call["custom"];
            var arguments = function["arguments"].Exists ? function["arguments"] : function["input"];
            calls.AddCall(call["id"], function["name"], arguments);
        }

        if (message["function_call"] is { HasValue: true } legacy)
        {
            calls.AddCall(default, legacy["name"], legacy["arguments"]);
        }

        return calls.ToolCalls;
    }
}
