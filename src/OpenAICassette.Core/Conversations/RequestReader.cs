using System.Text.Json;
using OpenAICassette.Json;

namespace OpenAICassette.Conversations;

/// <summary>Reads the messages of a request. Which API it is shows in the members of the body, which a wrong endpoint cannot hide.</summary>
internal static class RequestReader
{
    /// <summary>The messages; none for a request that says nothing, such as one for a list of models.</summary>
    public static IReadOnlyList<Message> Read(RecordedRequest request)
    {
        var body = request.Body.Json;
        if (request.ToolName is { } tool)
        {
            return [new Message { Role = "user", ToolCalls = [new ToolCall(null, tool, body.ToCompactJson())] }];
        }

        var messages = System(body);
        if (body["messages"].Kind == JsonValueKind.Array)
        {
            messages.AddRange(body["messages"].Elements.SelectMany(MessageReader.Read));
        }
        else if (body["contents"].Exists)
        {
            messages.AddRange(Inputs(body["contents"]));
        }
        else if (body["prompt"].Exists)
        {
            messages.AddRange(Inputs(body["prompt"]));
        }
        else if (body["input"].Exists)
        {
            messages.AddRange(Inputs(body["input"]));
        }
        else if (body.Kind == JsonValueKind.Object ? body.Count > 0 : body.HasValue)
        {
            messages.Add(new Message { Role = "user", Parts = [new ContentPart(ContentPartKind.Json, body.ToCompactJson(), "request")] });
        }
        else if (request.Document["file_id"].Text is { } file)
        {
            messages.Add(new Message { Role = "user", Parts = [new ContentPart(ContentPartKind.File, file)] });
        }

        return messages;
    }

    private static List<Message> System(JsonValue body)
    {
        var config = body["config"].Exists ? body["config"] : body;
        foreach (var system in new[] { body["system"], body["instructions"], config["system_instruction"], config["systemInstruction"] })
        {
            if (system.HasValue)
            {
                var parts = system["parts"].Exists ? system["parts"] : system;
                return [new Message { Role = "system", Parts = Parts(parts) }];
            }
        }

        return [];
    }

    /// <summary>An input: one text, several texts, or a list of messages and items.</summary>
    private static IEnumerable<Message> Inputs(JsonValue input)
    {
        IEnumerable<JsonValue> items = input.Kind == JsonValueKind.Array ? input.Elements : [input];
        foreach (var item in items)
        {
            if (item.Kind != JsonValueKind.Object)
            {
                yield return new Message { Role = "user", Parts = Parts(item) };
            }
            else if (item["type"].Text?.EndsWith("_call_output", StringComparison.Ordinal) == true)
            {
                yield return new Message { Role = "tool", Parts = Parts(item["output"]), ToolCallId = item["call_id"].Text ?? item["id"].Text };
            }
            else if (item["type"].Text is "function_call" or "custom_tool_call")
            {
                var arguments = item["arguments"].HasValue ? item["arguments"] : item["input"];
                yield return new Message { Role = "assistant", ToolCalls = [new ToolCall(item["call_id"].Text ?? item["id"].Text, item["name"].ToString(), arguments.ToString())] };
            }
            else if (item["type"].Text == "reasoning")
            {
                var thoughts = item["summary"].Elements.Concat(item["content"].Elements).Select(thought => thought["text"].Text);
                if (string.Concat(thoughts) is { Length: > 0 } reasoning)
                {
                    yield return new Message { Role = "assistant", Reasoning = reasoning };
                }
            }
            else if (item["type"].Text is { } type && (type.EndsWith("_call", StringComparison.Ordinal) || type.StartsWith("mcp_", StringComparison.Ordinal)))
            {
                // What a tool of the service's own did: a search, an image, a call by the model context protocol.
                yield return new Message { Role = "assistant", Parts = [ContentPartReader.Read(item)] };
            }
            else
            {
                foreach (var message in MessageReader.Read(item))
                {
                    yield return message;
                }
            }
        }
    }

    private static IReadOnlyList<ContentPart> Parts(JsonValue content)
        => content.Kind == JsonValueKind.Array && content.Elements.All(part => part.Kind == JsonValueKind.Object)
            ? [.. content.Elements.Select(ContentPartReader.Read)]
            : [ContentPartReader.Read(content)];
}
