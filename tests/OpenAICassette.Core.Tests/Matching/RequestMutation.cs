using System.Text.Json.Nodes;
using NodeValue = System.Text.Json.Nodes.JsonValue;

namespace OpenAICassette.Tests.Matching;

/// <summary>One change to a real request, and how the first line of a miss must name it.</summary>
/// <param name="Name">What is changed.</param>
/// <param name="Apply">
/// Changes a body; null where the body has nothing to change, else what the message must contain.
/// </param>
internal sealed record RequestMutation(string Name, Func<JsonObject, string?> Apply)
{
    public static IReadOnlyList<RequestMutation> All { get; } =
    [
        new("another word in the last message", body => Text(body, Messages(body)?.Count - 1 ?? -1)),
        new("another word in the first message", body => Text(body, 0)),
        new("another model", body =>
        {
            body["model"] = "another-model-2";
            return "model: recorded ";
        }),
        new("another temperature", body =>
        {
            if (body["temperature"] is not { } old)
            {
                return null;
            }

            body["temperature"] = old.GetValue<double>() + 0.25;
            return "temperature: recorded ";
        }),
        new("one parameter more", body =>
        {
            body["top_p"] = 0.125;
            return "top_p: ";
        }),
        new("one parameter less", body => body.Remove("temperature") ? "temperature: recorded" : null),
        new("stream or not", body =>
        {
            body["stream"] = body["stream"]?.GetValue<bool>() != true;
            return "stream: ";
        }),
        new("one message more", body =>
        {
            Messages(body)?.Add(JsonNode.Parse("""{"role":"user","content":"One more question, if you please."}"""));
            return Messages(body) is { } messages ? $"messages[{messages.Count - 1}] (user 'One more" : null;
        }),
        new("one message less", body =>
        {
            if (Messages(body) is not { Count: > 1 } messages)
            {
                return null;
            }

            messages.RemoveAt(0);
            return "messages[0] (";
        }),
        new("two messages the other way round", body =>
        {
            if (Messages(body) is not { Count: > 1 } messages || JsonNode.DeepEquals(messages[0], messages[1]))
            {
                return null;
            }

            var first = messages[0]!.DeepClone();
            messages[0] = messages[1]!.DeepClone();
            messages[1] = first;
            return "messages[0] and messages[1] are the other way round";
        }),
        new("one tool less", body =>
        {
            if (body["tools"] is not JsonArray { Count: > 1 } tools)
            {
                return null;
            }

            var name = NameOf(tools[^1]!);
            tools.RemoveAt(tools.Count - 1);
            return $"tool '{name}' of the recording is missing";
        }),
        new("one tool more", body =>
        {
            if (body["tools"] is not JsonArray tools)
            {
                return null;
            }

            tools.Add(JsonNode.Parse("""{"type":"function","function":{"name":"fold_paper","parameters":{}}}"""));
            return "tool 'fold_paper' is not in the recording";
        }),
        new("another description of a tool", body =>
        {
            if (body["tools"]?[0]?["function"] is not JsonObject tool)
            {
                return null;
            }

            tool["description"] = "Folds paper.";
            return $"tool '{tool["name"]}': function.description";
        }),
    ];

    private static JsonArray? Messages(JsonObject body) => body["messages"] as JsonArray;

    private static string? Text(JsonObject body, int index)
    {
        if (
            index < 0
            || Messages(body)?[index] is not JsonObject message
            || message["content"] is not NodeValue content
            || !content.TryGetValue<string>(out var text)
            || text.LastIndexOf(' ') is not (> 0 and var space)
        )
        {
            return null;
        }

        message["content"] = text[..space] + " quintessence";
        return $"messages[{index}].content: recorded '";
    }

    private static string NameOf(JsonNode tool) => (tool["function"]?["name"] ?? tool["name"])!.GetValue<string>();
}
