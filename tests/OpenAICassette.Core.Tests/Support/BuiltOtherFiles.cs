using static OpenAICassette.Tests.BuiltFile;

namespace OpenAICassette.Tests;

/// <summary>The other APIs, shapes and eras in the built corpus.</summary>
internal static class BuiltOtherFiles
{
    private const string Responses = "head/responses/recordings";
    private const string Interactions = "https://generativelanguage.example.com/v1beta/interactions";

    public static IEnumerable<BuiltFile> All =>
        [
            Raw(
                "head/messages/recordings",
                "2a5f7014ddf9",
                "http://0.0.0.0:11434/v1/messages",
                """{"model":"gpt-oss:20b","messages":[{"role":"user","content":"Hi"}],"max_tokens":16,"stream":false}""",
                """
                "status":200,"body":{"id":"msg_1","type":"message","role":"assistant","model":"gpt-oss:20b","content":[{"type":"thinking",
                "thinking":"The user says \"Hi\". So it's a greeting. We respond"}],"stop_reason":"max_tokens","usage":{"input_tokens":68,"output_tokens":16}},
                "is_streaming":false
                """,
                "tests/integration/messages/test_messages.py::test_messages_response_headers[txt=ollama/gpt-oss:20b]"
            ),
            Raw(
                "head/messages/recordings",
                "f22657bfd86d",
                "http://0.0.0.0:11434/v1/messages",
                """{"model":"gpt-oss:20b","messages":[{"role":"user","content":"Count from 1 to 5"}],"stream":true}""",
                Events(
                    Event(
                        "message_start",
                        """{"type":"message_start","message":{"id":"msg_2","role":"assistant","model":"gpt-oss:20b","content":[],"usage":{"input_tokens":79,"output_tokens":1}}}"""
                    ),
                    Event(
                        "content_block_start",
                        """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}"""
                    ),
                    Event(
                        "content_block_delta",
                        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"We need to count from 1 to 5"}}"""
                    ),
                    Event("content_block_stop", """{"type":"content_block_stop","index":0}"""),
                    Event(
                        "content_block_start",
                        """{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}"""
                    ),
                    Event(
                        "content_block_delta",
                        """{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"1, 2, 3, 4, 5"}}"""
                    ),
                    Event("content_block_stop", """{"type":"content_block_stop","index":1}"""),
                    Event(
                        "message_delta",
                        """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":79,"output_tokens":64}}"""
                    ),
                    Event("message_stop", """{"type":"message_stop"}""")
                ),
                BuiltChatFiles.Test("messages", "test_count")
            ),
            Call(
                Responses,
                "29403c77d6e7",
                "/generate_content_stream",
                Gemini("What is the weather in Paris?"),
                Stream(
                    """
                    {"candidates":[{"content":{"parts":[{"function_call":{"args":{"location":"Paris, France"},"name":"get_weather"}}],"role":"model"},
                    "finish_reason":"STOP"}],"model_version":"gemini-2.0-flash","usage_metadata":{"candidates_token_count":7,"prompt_token_count":18,"total_token_count":25}}
                    """
                ),
                BuiltChatFiles.Test("responses", "test_weather"),
                "vertexai:///generate_content_stream",
                Vertex
            ),
            Call(
                Responses,
                "f51ab054aae2",
                "/generate_content",
                Gemini("Say it in two parts"),
                Whole(
                    """
                    {"candidates":[{"content":{"parts":[{"text":"One, "},{"text":"two."}],"role":"model"},"finish_reason":"STOP"}],"model_version":"gemini-2.0-flash"}
                    """
                ),
                BuiltChatFiles.Test("responses", "test_parts"),
                "vertexai:///generate_content",
                Vertex
            ),
            Raw(
                "head/interactions/recordings",
                "aa8465012609",
                Interactions,
                """{"model":"gemini-2.5-flash-lite","input":"What is 2+2? Reply with just the number."}""",
                """
                "status":200,"body":{"id":"v1_1","status":"completed","model":"gemini-2.5-flash-lite","outputs":[{"type":"text","text":"4"}],
                "object":"interaction","role":"model","usage":{"total_input_tokens":14,"total_output_tokens":1,"total_tokens":15}},"is_streaming":false
                """,
                BuiltChatFiles.Test("interactions", "test_sum")
            ),
            Raw(
                "head/interactions/recordings",
                "df62e523dd87",
                Interactions,
                """{"model":"gemini-2.5-flash-lite","input":"Say hello","stream":true}""",
                Events(
                    Gemini(
                        "interaction.start",
                        ""","interaction":{"id":"v1_2","status":"in_progress","model":"gemini-2.5-flash-lite"}"""
                    ),
                    Gemini("content.start", ""","index":0,"content":{"type":"thought"}"""),
                    Gemini("content.stop", ",\"index\":0"),
                    Gemini("content.start", ""","index":1,"content":{"type":"text"}"""),
                    Gemini("content.delta", ""","index":1,"delta":{"type":"text","text":"Hel"}"""),
                    Gemini("content.delta", ""","index":1,"delta":{"type":"text","text":"lo"}"""),
                    Gemini("content.delta", ""","index":1,"delta":{"type":"text","text":"!"}"""),
                    Gemini("content.stop", ",\"index\":1"),
                    Gemini(
                        "interaction.complete",
                        ""","interaction":{"id":"v1_2","status":"completed","model":"gemini-2.5-flash-lite","role":"model","usage":{"total_input_tokens":7,"total_output_tokens":2,"total_tokens":9}}"""
                    ),
                    "event: done\ndata: [DONE]"
                ),
                BuiltChatFiles.Test("interactions", "test_hello")
            ),
            Raw(
                "head/interactions/recordings",
                "36a00e747aef",
                Interactions,
                """{"model":"none","input":""}""",
                Failed,
                BuiltChatFiles.Test("interactions", "test_failed")
            ),
            Raw(
                "head/common/recordings",
                "cf0be7f9e2eb",
                "http://localhost:8000/v1/messages",
                """{"model":"none"}""",
                Failed
            ),
            Raw(
                "history/2026-02-13_eeac11bbc",
                "085ff6e70395",
                "http://localhost:8000/v1/rerank",
                """{"model":"Qwen/Qwen3-Reranker-0.6B","query":"string_1","documents":["string_1","string_2"]}""",
                """
                "status":200,"body":{"id":"rerank-1","model":"Qwen/Qwen3-Reranker-0.6B","usage":{"prompt_tokens":14,"total_tokens":14},"results":[
                {"index":0,"document":{"text":"string_1"},"relevance_score":1.0000001192092896},
                {"index":1,"document":{"text":"string_2"},"relevance_score":0.9299871921539307}]},"is_streaming":false
                """,
                why: "E7"
            ),
            Raw(
                "history/2026-02-13_eeac11bbc",
                "e72cfc40",
                "http://localhost:8000/v1/rerank",
                """{"model":"r","query":"q","documents":["d"]}""",
                "\"status\":200,\"body\":{\"results\":[{\"index\":0,\"relevance_score\":0.9998443388938904}]},\"is_streaming\":false",
                why: "E7"
            ),
            Tool(
                "661e959c98b8",
                "latest Python version 2023",
                """{\"query\": \"latest Python version 2023\", \"top_k\": [{\"url\": \"https://example.com\"}]}"""
            ),
            new(
                Responses,
                "268e65efffed",
                $"{new string('2', 64)}.json",
                """
                {"test_id":null,"request":{"test_id":null,"provider":"pypdf","api":"file_processors","file_id":"file-371170885258"},
                "response":{"body":{"__type__":"llama_stack_api.file_processors.models.ProcessFileResponse","__data__":{"chunks":[{"content":
                "Llama Stack\nLlama Stack Overview\nText"}],"metadata":{"pages":1}}},"is_streaming":false},"id_normalization_mapping":{}}
                """,
                "none",
                "E11"
            ),
            Ollama(
                "history/2025-07-29_08b4a1deb",
                "dd9e7d5913e9",
                "/api/generate",
                """{"model":"m","raw":true,"prompt":"Hi<|end_header_id|>\n\n"}""",
                Whole(
                    Typed(
                        "ollama._types.GenerateResponse",
                        """{"model":"m","created_at":"2025","done":true,"done_reason":"stop","prompt_eval_count":386,"eval_count":2,"response":"[]"}"""
                    )
                )
            ),
            Ollama(
                "history/2025-07-29_08b4a1deb",
                "3877ecf1bc62",
                "/api/pull",
                """{"model":"m"}""",
                Whole(
                    Typed(
                        "ollama._types.ProgressResponse",
                        """{"status":"success","completed":1,"total":1,"digest":"d"}"""
                    )
                )
            ),
            Ollama(
                "history/2025-09-03_c3d3a0b83",
                "f1592dee71e5",
                "/api/chat",
                $$"""{"model":"m","messages":[{"role":"user","images":["{{new string('A', 566_768)}}"]},{"role":"user","content":"What is it?"}]}""",
                Whole(
                    Typed(
                        "ollama._types.ChatResponse",
                        """{"model":"m","done":true,"message":{"role":"assistant","content":"The image is of a golden retriever puppy. é"}}"""
                    )
                )
            ),
            Ollama(
                "history/2025-07-31_0b08d64dd",
                "ff7db0102b28",
                "/api/chat",
                """{"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true}""",
                Stream(
                    Typed(
                        "ollama._types.ChatResponse",
                        """{"model":"m","done":false,"message":{"role":"assistant","content":"Hel"}}"""
                    ),
                    Typed(
                        "ollama._types.ChatResponse",
                        """{"model":"m","done":true,"message":{"role":"assistant","content":"lo"}}"""
                    )
                )
            ),
            Ollama(
                    "history/2025-09-03_c3d3a0b83",
                    "models-4a3a",
                    "/api/tags",
                    "{}",
                    Whole(
                        Typed(
                            "ollama._types.ListResponse",
                            """{"models":[{"model":"m","modified_at":"2025","digest":"d","size":1,"details":null}]}"""
                        )
                    )
                )
                .Listing("m") with
            {
                Algorithms = "h1,h2,h3,h3b,h4,h5,h6",
                Why = "E2",
            },
            Old(
                "history/2025-07-29_072d20a12",
                "56ac6a7c6df0",
                "/v1/embeddings",
                """{"model":"m","input":"Hi"}""",
                Whole(BuiltChatFiles.Embedding(BuiltChatFiles.Floats(384))),
                "https://api.example.com/v1/v1/embeddings",
                "E0"
            ),
            Old(
                "history/2025-09-27_0d94f3e2c",
                "8cdb7e65fcfe",
                "/v1/embeddings",
                """{"model":"m","input":"Hello","encoding_format":"base64"}""",
                Whole(BuiltChatFiles.Embedding("\"AACAPwAAAEA=\"")),
                "https://api.example.com/v1/v1/embeddings",
                "E2"
            ),
            Old(
                "history/2025-09-23_d07ebce4d",
                "28648cf8d421",
                "/v1/chat/completions",
                """{"model":"databricks-meta-llama-3-3-70b-instruct","messages":[{"role":"user","content":"Which planet do humans live on?"}],"stream":false}""",
                FirstEra(BuiltChatFiles.Answer("""{"content":"Earth","role":"assistant"}""", 9, 1)),
                "__databricks__/serving-endpoints/v1/chat/completions",
                "E2"
            ),
            Old(
                "history/2025-10-03_3f36bfaea",
                "3c0b",
                "/v1/chat/completions",
                BuiltChatFiles.Request("m", "Era three"),
                BuiltChatFiles.Answer("""{"content":"3","role":"assistant"}""", 2, 1),
                "https://api.example.com/v1/v1/chat/completions",
                "E3"
            ),
        ];

    private static string Vertex => ",\"provider_metadata\":{\"provider\":\"vertexai\"}";

    private static string Failed =>
        "\"status\":400,\"body\":{\"error\":{\"message\":\"no such model\",\"type\":\"invalid_request_error\",\"code\":400}},\"is_streaming\":false";

    /// <summary>A call of a tool, whose name does not know of tests.</summary>
    public static BuiltFile Tool(string alias, string query, string content)
    {
        var kwargs = $$"""{"query":"{{query}}"}""";
        var key = HashOf(
            $$"""{"kwargs": {{PythonLayout.Canonical(kwargs)}}, "provider": "tavily", "tool_name": "web_search"}"""
        );
        return new(
            Responses,
            alias,
            $"{key}.json",
            $$"""
            {"test_id":null,"request":{"test_id":null,"provider":"tavily","tool_name":"web_search","kwargs":{{kwargs}} },"response":{"body":
            {"__type__":"ogx_api.tools.ToolInvocationResult","__data__":{"content":"{{content}}","error_message":null,"error_code":null,"metadata":null} },
            "is_streaming":false},"id_normalization_mapping":{} }
            """,
            "tool",
            "a shape"
        );
    }

    private static BuiltFile Ollama(string place, string alias, string endpoint, string body, string response) =>
        Old(place, alias, endpoint, body, response, $"http://localhost:11434{endpoint}", "E0");

    /// <summary>An answer of the first eras, whose ids are those of the service.</summary>
    private static string FirstEra(string response) => response.Replace(Id, "\"chatcmpl-1\"", StringComparison.Ordinal);

    private static string Event(string name, string data) => $"event: {name}\ndata: {data}";

    private static string Gemini(string type, string more) => Event(type, $"{{\"event_type\":\"{type}\"{more}}}");

    private static string Gemini(string text) =>
        $$"""{"model":"publishers/google/models/gemini-2.0-flash","contents":[{"parts":[{"text":"{{text}}"}],"role":"user"}],"config":{} }""";
}
