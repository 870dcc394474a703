using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>A recording file of which nothing is wrong, but for what a test does to it.</summary>
internal static class BuiltRecording
{
    /// <summary>The folder that the recording's test implies.</summary>
    public const string Folder = "inference/recordings";

    /// <summary>What stands for the digits of the key in ids.</summary>
    private const string Digits = "%DIGITS%";

    /// <summary>
    /// Writes the recording of a chat stream with a tool call, named by its key and laid out as the recorder does.
    /// </summary>
    /// <param name="folder">Below which to write it.</param>
    /// <param name="edit">What to change before the key is made.</param>
    /// <param name="name">The file's name; that of the key where null.</param>
    public static string Add(TempFolder folder, Action<JsonObject>? edit = null, string? name = null)
    {
        var recording = Healthy();
        edit?.Invoke(recording);
        var json = recording.ToJsonString();
        var key = BuiltCassette.Open(json).Interactions[0].Key ?? new string('0', 64);
        var cassette = BuiltCassette.Open(json.Replace(Digits, key[..12], StringComparison.Ordinal));
        return folder.Add(
            $"{Folder}/{name ?? $"{key}.json"}",
            CassetteStore.Convert(cassette, "LlamaStack").Read().Span
        );
    }

    /// <summary>What is wrong with a file.</summary>
    public static IReadOnlyList<HealthFinding> Findings(string path) =>
        HealthCheck.CheckAlone(CassetteStore.Open(path));

    /// <summary>A typed chunk with one answer.</summary>
    public static JsonNode Chunk(string delta, string? finish = null, int choice = 0, string usage = "null") =>
        JsonNode.Parse(
            $$$"""
            {"__type__":"openai.types.chat.chat_completion_chunk.ChatCompletionChunk","__data__":{"id":"rec-{{{Digits}}}","choices":[{"delta":{{{delta}}},
            "finish_reason":{{{(
                finish is null ? "null" : $"\"{finish}\""
            )}}},"index":{{{choice}}}}],"created":0,"usage":{{{usage}}}}}
            """
        )!;

    /// <summary>The recording of a list of models, with their ids.</summary>
    public static Action<JsonObject> ModelList(params string[] ids) =>
        recording =>
        {
            recording["request"] = JsonNode.Parse(
                """{"method":"POST","url":"https://api.example.com/v1/models","headers":{},"body":{},"endpoint":"/v1/models","model":""}"""
            );
            recording["response"] = new JsonObject
            {
                ["body"] = new JsonArray([
                    .. ids.Select(id => new JsonObject
                    {
                        ["__type__"] = "openai.types.model.Model",
                        ["__data__"] = new JsonObject { ["id"] = id },
                    }),
                ]),
                ["is_streaming"] = false,
            };
        };

    /// <summary>The chunks of a recording.</summary>
    public static JsonArray Chunks(this JsonObject recording) => recording["response"]!["body"]!.AsArray();

    /// <summary>Replaces the chunks of a recording.</summary>
    public static void SetChunks(this JsonObject recording, params JsonNode[] chunks) =>
        recording["response"]!["body"] = new JsonArray(chunks);

    private static JsonObject Healthy()
    {
        var recording = JsonNode
            .Parse(
                """
                {"test_id":"tests/integration/inference/test_chat.py::test_stream[txt=m]",
                 "request":{"method":"POST","url":"https://api.example.com/v1/chat/completions","headers":{},
                 "body":{"model":"m","messages":[{"role":"user","content":"Hello é"}],"stream":true,"temperature":0.5},"endpoint":"/v1/chat/completions","model":"m"},
                 "response":{"body":[],"is_streaming":true},"id_normalization_mapping":{}}
                """
            )!
            .AsObject();
        recording.SetChunks(
            Chunk("""{"content":"Hi","role":"assistant"}"""),
            Chunk(
                """{"tool_calls":[{"index":0,"id":"c","function":{"arguments":"{\"a\":","name":"f"},"type":"function"}]}"""
            ),
            Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":" 1}"}}]}"""),
            Chunk("{}", "tool_calls", usage: """{"completion_tokens":2,"prompt_tokens":3,"total_tokens":5}""")
        );
        return recording;
    }
}
