using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>Small cassettes with what is easily lost: other framings, tool calls, token counts, bodies without text.</summary>
internal static class BuiltAnswers
{
    private const string Json = "application/json";

    private const string Gemini =
        "[{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"He\"}],\"role\":\"model\"},\"index\":0}]}\n,\r\n"
        + "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"y\"},{\"functionCall\":{\"name\":\"ls\",\"args\":{\"at\":\"72°\"}}}],"
        + "\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}],"
        + "\"usageMetadata\":{\"promptTokenCount\":4,\"candidatesTokenCount\":2,\"totalTokenCount\":6}}\n]\n";

    private const string Chat =
        "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hey\",\"tool_calls\":[{\"id\":\"c\","
        + "\"type\":\"function\",\"function\":{\"name\":\"ls\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"stop\"}],"
        + "\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":2,\"total_tokens\":6}}";

    private const string Stream =
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"model\":\"m\",\"usage\":{\"input_tokens\":4}}}\n\n"
        + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hey\"}}\n\n"
        + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":2}}\n\n";

    private const string Lines =
        "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"He\"},\"done\":false}\n"
        + "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"y\"},\"done\":true,\"prompt_eval_count\":4,\"eval_count\":2}\n";

    /// <summary>Gets the files.</summary>
    public static IEnumerable<string> All =>
        [
            Archive(
                Entry("https://h/v1beta/models/m:streamGenerateContent", "{\"contents\":[]}", Json, Gemini),
                Entry("https://api.deepseek.com/chat/completions", "{\"model\":\"m\"}", Json, Chat),
                Entry("https://h/models/chat/completions?api-version=1", "{\"model\":\"m\"}", Json, Chat),
                Entry(
                    "https://api.openai.com/v1/responses",
                    "{\"model\":\"m\"}",
                    Json,
                    "{\"error\":{\"message\":\"x\"}}",
                    429
                ),
                Entry(
                    "https://api.anthropic.com/v1/messages",
                    "{\"model\":\"m\",\"n\": 1.50}",
                    "text/event-stream",
                    Stream
                ),
                Entry("https://api.anthropic.com/v1/messages", "{\"model\":\"m\"}", "application/octet-stream", Stream),
                Entry("http://localhost:11434/api/chat", "{\"model\":\"m\"}", "application/x-ndjson", Lines),
                Entry("http://localhost:11434/api/chat", "{\"model\":\"m\"}", "", Lines),
                Entry(
                    "https://api.openai.com/v1/files/f/content",
                    null,
                    "application/octet-stream",
                    "{\"a\":1}\n{\"a\":2}\n"
                ),
                Entry(
                    "https://api.openai.com/v1/models",
                    null,
                    Json,
                    "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"object\":\"model\"}]}"
                ),
                Entry("https://api.github.com/repos/a/b/issues", null, Json, "[]"),
                Entry("https://api.openai.com/v1/batches/b/cancel", "", Json, "{\"id\":\"b\"}"),
                Entry("https://api.openai.com/v1/chat/completions", "{\"model\":\"m\"}", "text/event-stream", "")
            ),
            BinaryRequest,
            Stream,
            Lines,
            Chat.Replace(
                "{\"choices\"",
                "{\"object\":\"chat.completion\",\"model\":\"m\",\"choices\"",
                StringComparison.Ordinal
            ),
            ChatUpdatesTests.Updates,
            PydanticXaiTests.Calls,
            PydanticSessionTests.Realtime,
            PydanticSessionTests.Live,
            CassetterFormatTests.Toml,
            CassetterFormatTests.Protocols,
            EasyVcrTests.Cassette,
            OpenInferenceTests.File,
            SdkMessageTests.Messages,
        ];

    /// <summary>An upload and a sound.</summary>
    private static string BinaryRequest =>
        $$"""
            interactions:
            - request:
                body: !!binary {{Convert.ToBase64String([0xff, 0, 1, 2, 0xfe])}}
                headers: {Content-Type: [application/octet-stream]}
                method: PUT
                uri: https://h.example/upload#part
              response:
                body: {string: !!binary {{Convert.ToBase64String([0xff, 0xfb, 0, 1])}}}
                headers: {Content-Type: [audio/mpeg]}
                status: {code: 201, message: Created}
            version: 1
            """;

    private static string Archive(params string[] entries) =>
        $$$"""{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[{{{string.Join(',', entries)}}}]}}""";

    private static string Entry(string url, string? body, string type, string answer, int status = 200)
    {
        var method = body is null ? "GET" : "POST";
        var data = string.IsNullOrEmpty(body)
            ? string.Empty
            : $$$"""
                ,"postData":{"mimeType":"application/json","text":{{{Quoted(body)}}}}
                """;
        var headers = type.Length == 0 ? string.Empty : $$$"""{"name":"Content-Type","value":{{{Quoted(type)}}}}""";
        return $$$"""
            {"startedDateTime":"2026-01-02T03:04:05.000Z","time":7,
            "request":{"method":"{{{method}}}","url":"{{{url}}}","headers":[]{{{data}}} },
            "response":{"status":{{{status}}},"headers":[{{{headers}}}],
            "content":{"mimeType":{{{Quoted(type)}}},"text":{{{Quoted(answer)}}} } } }
            """;
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
