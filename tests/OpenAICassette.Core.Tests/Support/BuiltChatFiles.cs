using static OpenAICassette.Tests.BuiltFile;

namespace OpenAICassette.Tests;

/// <summary>OpenAI's chats, completions, embeddings and lists of models in the built corpus.</summary>
internal static class BuiltChatFiles
{
    private const string Chat = "/v1/chat/completions";
    private const string Responses = "head/responses/recordings";
    private const string Inference = "head/inference/recordings";
    private const string NoArguments = """
        [{"function":{"description":"Tool with no arguments","name":"no_args_tool","parameters":{"properties":{},"type":"object"}},"type":"function"}]
        """;

    public static IEnumerable<BuiltFile> All =>
        [
            Call(
                Responses,
                "e73b8fbb6fe7",
                Chat,
                Request("gpt-4o", "Search twice", $",\"tools\":{NoArguments},\"stream\":true"),
                Stream(
                    Chunk("""{"content":null,"role":"assistant"}"""),
                    Chunk(ToolCall(0, "c1", "file_search", "")),
                    Chunk(ToolCall(0, null, null, "{\\\"query\\\": \\\"marketing\\\"}")),
                    Chunk(ToolCall(1, "c2", "file_search", "")),
                    Chunk(ToolCall(1, null, null, "{\\\"query\\\": \\\"sales\\\"}")),
                    Chunk("{}", "\"tool_calls\""),
                    Counts(54, 44)
                ),
                Test("responses", "test_tools_twice")
            ),
            Call(
                Inference,
                "a1e4350b0157",
                Chat,
                $$"""{"model":"llama3.2:3b-instruct-fp16","messages":[{"role":"user","content":"Call the no args tool"}],"tools":{{NoArguments}}}""",
                Answer(
                    """{"content":"","role":"assistant","tool_calls":[{"id":"c","function":{"arguments":"{}","name":"no_args_tool"},"type":"function"}]}""",
                    148,
                    14
                ),
                "tests/integration/inference/test_tools_with_schemas.py::TestEdgeCases::test_tool_without_schema[txt=ollama/llama3.2:3b-instruct-fp16]",
                "http://0.0.0.0:11434/v1/v1/chat/completions"
            ),
            Call(
                Inference,
                "27626d79a555",
                Chat,
                Request("m", "Think", ",\"stream\":true"),
                Stream(
                    Chunk("""{"content":"","role":"assistant","reasoning":"Let me see."}"""),
                    Chunk("""{"content":"It "}"""),
                    Chunk("""{"content":"is "}"""),
                    Chunk("""{"content":"Saturn é"}"""),
                    Chunk("{}", "\"stop\"")
                ),
                Test("inference", "test_reasoning")
            ),
            Call(
                "head/batches/recordings",
                "cb4673f5ab80",
                "/v1/completions",
                """{"model":"m","prompt":"Say completions"}""",
                Whole(Completion("I'd be happy to provide some completions", "\"length\"", Usage(28, 20)))
            ),
            Call(
                Inference,
                "8567635651a5",
                "/v1/completions",
                """{"model":"m","prompt":"Which colour?","stream":true}""",
                Stream(
                    Completion("Blue.\\n\\nMy answer ", "null", "null"),
                    Completion("is \\\"blue\\\" because", "\"length\"", "null")
                ),
                Test("inference", "test_colour")
            ),
            Call(
                "head/tool_runtime/recordings",
                "632ce0140a65",
                "/v1/completions",
                Request("m", "Which tool?", ",\"stream\":true"),
                Stream(Chunk("""{"content":"None","role":"assistant"}"""), Chunk("{}", "\"stop\"")),
                Test("tool_runtime", "test_mistaken")
            ) with
            {
                Name = $"{new string('6', 64)}.json",
                Algorithms = "none",
            },
            Call(
                Inference,
                "02fba1826ee7",
                Chat,
                $$$"""
                {"model":"gpt-4o","messages":[{"role":"user","content":[{"type":"text","text":"What is it?"},
                {"type":"image_url","image_url":{"url":"data:image/png;base64,{{{new string('A', 510_000)}}}"}}]}]}
                """,
                Answer("""{"content":"An image","role":"assistant"}""", 9, 2),
                Test("inference", "test_image")
            ),
            Call(
                Responses,
                "f300a8b24123",
                Chat,
                Request("gpt-4o", "What is the speed of light?", ",\"stream\":true,\"max_tokens\":0"),
                """
                "body":null,"is_streaming":false,"is_exception":true,"exception_data":{"category":"provider_sdk","provider":"openai",
                "type":"BadRequestError","message":"Error code: 400 - {'error': {'message': 'too few', 'type': 'invalid_request_error'}}","status_code":400,
                "body":{"message":"too few","type":"invalid_request_error"}},"exception_message":"Error code: 400 - {'error': {'message': 'too few', 'type': 'invalid_request_error'}}"
                """,
                Test("responses", "test_error")
            ),
            Call(
                "head/safety/recordings",
                "b55fca3e0b79",
                Chat,
                Request("llama-guard3:1b", "Is the weather safe?", ",\"stream\":false"),
                Answer("""{"content":"safe","role":"assistant"}""", 7, 1),
                Test("safety", "test_safe")
            ),
            Call(
                "head/agents/recordings",
                "first",
                Chat,
                Request("m", "What is the capital of France?"),
                Answer("""{"content":"Paris","role":"assistant"}""", 8, 1),
                Test("agents", "test_capital")
            ),
            Call(
                "head/agents/recordings",
                "second",
                Chat,
                """
                {"model":"m","messages":[{"role":"user","content":"What is the capital of France?"},{"role":"assistant","content":"Paris"},
                {"role":"user","content":"And of Japan?"}]}
                """,
                Answer("""{"content":"Tokyo","role":"assistant"}""", 18, 1),
                Test("agents", "test_capital"),
                more: ",\"provider_metadata\":{\"openai_sdk_version\":\"2.5.0\"}"
            ),
            Call(
                Responses,
                "8ff1d58683cc",
                "/v1/embeddings",
                """{"model":"text-embedding-3-small","input":"Hi"}""",
                Whole(Embedding(Floats(1536)))
            ),
            Call(
                "history/2025-10-09_f50ce11a3",
                "1b0c",
                Chat,
                Request("m", "Era five"),
                Answer("""{"content":"5","role":"assistant"}""", 2, 1)
            ) with
            {
                Why = "E5",
            },
            Call(
                    "head/common/recordings",
                    "models-64a2277c90f0f42576f60c1030e3a020403d34a95f56931b792d5939f4cebc57-8e70",
                    "/v1/models",
                    "{}",
                    Whole($"[{Model("gpt-oss:20b")},{Model("gpt-oss:120b-cloud")}]")
                )
                .Listing("gpt-oss:20b", "gpt-oss:120b-cloud"),
            Call(
                    "history/2025-10-06_bba9957ed",
                    "models-",
                    "/v1/models",
                    "{}",
                    Whole("[]"),
                    url: "http://localhost:8000/v1/v1/models"
                )
                .Listing()
                .OfE4(),
            Call(
                Inference,
                "17fab41a46c9",
                "/api/ps",
                "{}",
                Processes("llama3.2:3b", "llama3.2:3b-instruct-fp16"),
                Test("inference", "test_ps"),
                "http://0.0.0.0:11434/api/ps"
            ),
            Call(
                "head/common/recordings",
                "02c93bb3",
                "/api/ps",
                "{}",
                Processes(),
                url: "http://0.0.0.0:11434/api/ps"
            ),
        ];

    /// <summary>The id of a test of a folder.</summary>
    public static string Test(string folder, string name) => $"tests/integration/{folder}/test_built.py::{name}[txt=m]";

    /// <summary>A chat's body with one message.</summary>
    public static string Request(string model, string text, string more = "") =>
        $"{{\"model\":\"{model}\",\"messages\":[{{\"role\":\"user\",\"content\":\"{text}\"}}]{more}}}";

    /// <summary>A whole answer of a chat.</summary>
    public static string Answer(string message, int prompt, int completion) =>
        Whole(
            Typed(
                "openai.types.chat.chat_completion.ChatCompletion",
                $$"""
                {"id":{{Id}},"choices":[{"finish_reason":"stop","index":0,"logprobs":null,"message":{{message}}}],"created":0,"model":"m",
                "object":"chat.completion","service_tier":null,"usage":{{Usage(prompt, completion)}}}
                """
            )
        );

    /// <summary>Embeddings as numbers.</summary>
    public static string Floats(int count) => $"[{string.Join(',', Enumerable.Repeat("0.5", count))}]";

    /// <summary>An answer with one embedding.</summary>
    public static string Embedding(string vector, string id = "") =>
        Typed(
            "openai.types.create_embedding_response.CreateEmbeddingResponse",
            $$"""
            {"data":[{"embedding":{{vector}},"index":0,"object":"embedding"}],"model":"m","object":"list","usage":{"prompt_tokens":2,"total_tokens":2}{{id}}}
            """
        );

    private static string Chunk(string delta, string finish = "null") =>
        Typed(
            "openai.types.chat.chat_completion_chunk.ChatCompletionChunk",
            $$"""
            {"id":{{Id}},"choices":[{"delta":{{delta}},"finish_reason":{{finish}},"index":0,"logprobs":null}],"created":0,"model":"m",
            "object":"chat.completion.chunk","usage":null}
            """
        );

    private static string Counts(int prompt, int completion) =>
        Typed(
            "openai.types.chat.chat_completion_chunk.ChatCompletionChunk",
            $$"""
            {"id":{{Id}},"choices":[],"created":0,"model":"m","object":"chat.completion.chunk","usage":{{Usage(
                prompt,
                completion
            )}}}
            """
        );

    private static string Usage(int prompt, int completion) =>
        $"{{\"completion_tokens\":{completion},\"prompt_tokens\":{prompt},\"total_tokens\":{prompt + completion}}}";

    private static string ToolCall(int index, string? id, string? name, string arguments)
    {
        var (quotedId, quotedName, type) = id is null
            ? ("null", "null", "null")
            : ($"\"{id}\"", $"\"{name}\"", "\"function\"");
        return $$"""
            {"content":null,"tool_calls":[{"index":{{index}},"id":{{quotedId}},
            "function":{"arguments":"{{arguments}}","name":{{quotedName}}},"type":{{type}}}]}
            """;
    }

    private static string Completion(string text, string finish, string usage) =>
        Typed(
            "openai.types.completion.Completion",
            $$"""
            {"id":{{Id}},"choices":[{"finish_reason":{{finish}},"index":0,"logprobs":null,"text":"{{text}}"}],"created":0,"model":"m",
            "object":"text_completion","system_fingerprint":"fp","usage":{{usage}}}
            """
        );

    private static string Model(string id) =>
        Typed("openai.types.model.Model", $$"""{"id":"{{id}}","created":17,"object":"model","owned_by":"library"}""");

    private static string Processes(params string[] models) =>
        Whole(
            Typed(
                "ollama._types.ProcessResponse",
                $$"""
                {"models":[{{string.Join(
                    ',',
                    models.Select(model =>
                        $$"""{"model":"{{model}}","name":"{{model}}","size":1,"details":{"families":["llama"]} }"""
                    )
                )}}]}
                """
            )
        );
}
