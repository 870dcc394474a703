using System.Text;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>A recording in which every text that can hold anything is one text.</summary>
internal static class HostileCassette
{
    public static Cassette Of(string text, string answer = "")
    {
        JsonNode Text() => System.Text.Json.Nodes.JsonValue.Create(Marked(text))!;
        var call = new JsonObject
        {
            ["id"] = Text(),
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = Text(), ["arguments"] = Text() },
        };
        var recording = new JsonObject
        {
            ["test_id"] = Text(),
            ["request"] = new JsonObject
            {
                ["method"] = "POST",
                ["url"] = "http://localhost/v1/chat/completions",
                ["endpoint"] = "/v1/chat/completions",
                ["model"] = Text(),
                ["headers"] = new JsonObject { ["x-test"] = Text() },
                ["body"] = new JsonObject
                {
                    ["model"] = Text(),
                    ["messages"] = new JsonArray(
                        new JsonObject { ["role"] = "system", ["content"] = Text() },
                        new JsonObject
                        {
                            ["role"] = Text(),
                            ["content"] = Text(),
                            ["name"] = Text(),
                        },
                        new JsonObject
                        {
                            ["role"] = "user",
                            ["content"] = new JsonArray(
                                new JsonObject { ["type"] = "text", ["text"] = Text() },
                                new JsonObject
                                {
                                    ["type"] = "image_url",
                                    ["image_url"] = new JsonObject { ["url"] = Text() },
                                },
                                new JsonObject { ["type"] = Text(), ["text"] = Text() }
                            ),
                        },
                        new JsonObject
                        {
                            ["role"] = "assistant",
                            ["content"] = null,
                            ["tool_calls"] = new JsonArray(call),
                        },
                        new JsonObject
                        {
                            ["role"] = "tool",
                            ["tool_call_id"] = Text(),
                            ["content"] = Text(),
                        }
                    ),
                    ["tools"] = new JsonArray(
                        new JsonObject
                        {
                            ["type"] = "function",
                            ["function"] = new JsonObject { ["name"] = Text(), ["description"] = Text() },
                        }
                    ),
                    ["user"] = Text(),
                },
            },
            ["response"] = new JsonObject
            {
                ["is_streaming"] = false,
                ["body"] = new JsonObject
                {
                    ["id"] = Text(),
                    ["model"] = Text(),
                    ["choices"] = new JsonArray(
                        new JsonObject
                        {
                            ["index"] = 0,
                            ["finish_reason"] = Text(),
                            ["message"] = new JsonObject
                            {
                                ["role"] = "assistant",
                                ["content"] = System.Text.Json.Nodes.JsonValue.Create(Marked(text + answer)),
                                ["reasoning_content"] = Text(),
                                ["refusal"] = Text(),
                                ["tool_calls"] = new JsonArray(call.DeepClone()),
                            },
                        }
                    ),
                },
            },
        };

        // A lone surrogate can only be written as an escape.
        var json = Surrogate().Replace(recording.ToJsonString(), "\\u$1");
        return CassetteStore.Open(Encoding.UTF8.GetBytes(json), CassetteOrigin.OfMemory("hostile.json"));
    }

    private static string Marked(string text) =>
        string.Concat(text.Select(unit => char.IsSurrogate(unit) ? $"§{(int)unit:x4}" : unit.ToString()));

    private static System.Text.RegularExpressions.Regex Surrogate() => new(@"(?:§|\\u00[aA]7)(d[89a-f][0-9a-f]{2})");
}
