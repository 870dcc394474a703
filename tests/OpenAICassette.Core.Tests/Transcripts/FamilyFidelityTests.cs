using System.Text.Json;
using OpenAICassette.Conversations;

namespace OpenAICassette.Tests;

/// <summary>
/// Answers of kinds that few recordings have, as clients hand them out: read right, and nothing of them dropped.
/// </summary>
public class FamilyFidelityTests
{
    private const string Pixel =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static readonly string[] s_noise = ["obfuscation", "object", "type", "event_type"];

    public static TheoryData<string, string> Answers { get; } =
        new()
        {
            {
                "Anthropic events",
                Events(
                    """{"type": "message_start", "message": {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-x", "content": [], "usage": {"input_tokens": 9, "output_tokens": 1, "service_tier": "standard"}}}""",
                    """{"type": "content_block_start", "index": 0, "content_block": {"type": "thinking", "thinking": "", "signature": ""}}""",
                    """{"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "Let me "}}""",
                    """{"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "search."}}""",
                    """{"type": "content_block_delta", "index": 0, "delta": {"type": "signature_delta", "signature": "c2lnbmVk"}}""",
                    """{"type": "content_block_stop", "index": 0}""",
                    """{"type": "content_block_start", "index": 1, "content_block": {"type": "redacted_thinking", "data": "aGlkZGVu"}}""",
                    """{"type": "content_block_start", "index": 2, "content_block": {"type": "server_tool_use", "id": "srv_1", "name": "web_search", "input": {}}}""",
                    """{"type": "content_block_delta", "index": 2, "delta": {"type": "input_json_delta", "partial_json": "{\"query\": \"we"}}""",
                    """{"type": "content_block_delta", "index": 2, "delta": {"type": "input_json_delta", "partial_json": "ather\"}"}}""",
                    """{"type": "content_block_start", "index": 3, "content_block": {"type": "web_search_tool_result", "tool_use_id": "srv_1", "content": [{"type": "web_search_result", "title": "Weather", "url": "https://example.com/w", "encrypted_content": "ZW5j", "page_age": "2 days"}]}}""",
                    """{"type": "content_block_start", "index": 4, "content_block": {"type": "text", "text": "", "citations": []}}""",
                    """{"type": "content_block_delta", "index": 4, "delta": {"type": "text_delta", "text": "It is sunny"}}""",
                    """{"type": "content_block_delta", "index": 4, "delta": {"type": "citations_delta", "citation": {"type": "web_search_result_location", "cited_text": "sunny all day", "url": "https://example.com/w", "title": "Weather"}}}""",
                    """{"type": "content_block_start", "index": 5, "content_block": {"type": "mcp_tool_use", "id": "mcp_1", "name": "log", "server_name": "notes", "input": {}}}""",
                    """{"type": "content_block_delta", "index": 5, "delta": {"type": "input_json_delta", "partial_json": "{\"line\": 1}"}}""",
                    """{"type": "content_block_start", "index": 6, "content_block": {"type": "mcp_tool_result", "tool_use_id": "mcp_1", "is_error": false, "content": [{"type": "text", "text": "logged"}]}}""",
                    """{"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": "HALT"}, "usage": {"output_tokens": 20, "server_tool_use": {"web_search_requests": 1}}}""",
                    """{"type": "message_stop"}"""
                )
            },
            {
                "Gemini array",
                """
                    [{"candidates": [{"content": {"role": "model", "parts": [{"text": "Planning. ", "thought": true}]}, "index": 0}], "modelVersion": "gemini-x", "responseId": "r1"},
                     {"candidates": [{"content": {"role": "model", "parts": [{"text": "Here "}, {"thoughtSignature": "dHM=", "inlineData": {"mimeType": "image/png", "data": "PIXEL"}}]}, "index": 0}], "responseId": "r1"},
                     {"candidates": [{"content": {"role": "model", "parts": [{"text": "it is."}, {"functionCall": {"name": "save", "args": {"as": "a.png"}}, "thoughtSignature": "c2ln"}, {"executableCode": {"language": "PYTHON", "code": "print(1)"}}, {"codeExecutionResult": {"outcome": "OUTCOME_OK", "output": "1\n"}}]}, "finishReason": "STOP", "citationMetadata": {"citations": [{"uri": "https://example.com/c"}]}}],
                      "usageMetadata": {"promptTokenCount": 3, "candidatesTokenCount": 4, "totalTokenCount": 7, "trafficType": "ON_DEMAND"}, "responseId": "r1"}]
                    """.Replace("PIXEL", Pixel, StringComparison.Ordinal)
            },
            {
                "Ollama lines",
                """
                    {"model": "qwen", "created_at": "2025-01-01T00:00:00Z", "message": {"role": "assistant", "content": "", "thinking": "Hm"}, "done": false}
                    {"model": "qwen", "created_at": "2025-01-01T00:00:01Z", "message": {"role": "assistant", "content": "Looking", "thinking": "m."}, "done": false}
                    {"model": "qwen", "created_at": "2025-01-01T00:00:02Z", "message": {"role": "assistant", "content": "…", "tool_calls": [{"function": {"name": "get", "arguments": {"k": "a"}}}]}, "done": false}
                    {"model": "qwen", "created_at": "2025-01-01T00:00:03Z", "message": {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "get", "arguments": {"k": "b"}}}]}, "done": false}
                    {"model": "qwen", "created_at": "2025-01-01T00:00:04Z", "message": {"role": "assistant", "content": ""}, "done": true, "done_reason": "stop", "prompt_eval_count": 5, "eval_count": 6}
                    """
            },
            {
                "Responses events",
                Events(
                    """{"type": "response.created", "response": {"id": "resp_1", "object": "response", "status": "in_progress", "model": "gpt-x", "output": []}}""",
                    """{"type": "response.output_item.added", "output_index": 0, "item": {"type": "reasoning", "id": "rs_1", "summary": []}}""",
                    """{"type": "response.reasoning_summary_text.delta", "output_index": 0, "summary_index": 0, "item_id": "rs_1", "delta": "Think"}""",
                    """{"type": "response.reasoning_summary_text.delta", "output_index": 0, "summary_index": 0, "item_id": "rs_1", "delta": "ing"}""",
                    """{"type": "response.output_item.done", "output_index": 0, "item": {"type": "reasoning", "id": "rs_1", "summary": [{"type": "summary_text", "text": "Thinking"}], "encrypted_content": "ZW5jcnlwdGVk"}}""",
                    """{"type": "response.output_item.done", "output_index": 1, "item": {"type": "web_search_call", "id": "ws_1", "status": "completed", "action": {"type": "search", "query": "rain"}}}""",
                    """{"type": "response.output_item.done", "output_index": 2, "item": {"type": "file_search_call", "id": "fs_1", "status": "completed", "queries": ["rain"], "results": [{"file_id": "f", "filename": "r.txt", "score": 0.5, "text": "it rains"}]}}""",
                    """{"type": "response.code_interpreter_call_code.delta", "output_index": 3, "item_id": "ci_1", "delta": "print("}""",
                    """{"type": "response.code_interpreter_call_code.delta", "output_index": 3, "item_id": "ci_1", "delta": "2)"}""",
                    """{"type": "response.output_item.done", "output_index": 3, "item": {"type": "code_interpreter_call", "id": "ci_1", "code": "print(2)", "container_id": "cn", "outputs": [{"type": "logs", "logs": "2"}]}}""",
                    """{"type": "response.mcp_call_arguments.delta", "output_index": 4, "item_id": "mcp_1", "delta": "{\"x\":"}""",
                    """{"type": "response.mcp_call_arguments.delta", "output_index": 4, "item_id": "mcp_1", "delta": "1}"}""",
                    """{"type": "response.output_item.done", "output_index": 4, "item": {"type": "mcp_call", "id": "mcp_1", "server_label": "srv", "name": "roll", "arguments": "{\"x\":1}", "output": "six"}}""",
                    """{"type": "response.image_generation_call.partial_image", "output_index": 5, "item_id": "ig_1", "partial_image_b64": "cGFydA=="}""",
                    """{"type": "response.output_item.done", "output_index": 5, "item": {"type": "image_generation_call", "id": "ig_1", "status": "completed", "output_format": "png", "revised_prompt": "a dot", "result": "PIXEL"}}""".Replace(
                        "PIXEL",
                        Pixel,
                        StringComparison.Ordinal
                    ),
                    """{"type": "response.output_item.added", "output_index": 6, "item": {"type": "message", "id": "m_1", "role": "assistant", "content": []}}""",
                    """{"type": "response.output_text.delta", "output_index": 6, "content_index": 0, "delta": "A "}""",
                    """{"type": "response.output_text.delta", "output_index": 6, "content_index": 0, "delta": "dot."}""",
                    """{"type": "response.output_text.annotation.added", "output_index": 6, "content_index": 0, "annotation": {"type": "url_citation", "url": "https://example.com/d", "title": "Dots", "start_index": 0, "end_index": 5}}""",
                    """{"type": "response.refusal.delta", "output_index": 6, "content_index": 1, "delta": "No more."}""",
                    """{"type": "response.incomplete", "response": {"id": "resp_1", "object": "response", "status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}, "model": "gpt-x", "output": [], "usage": {"input_tokens": 1, "output_tokens": 2, "total_tokens": 3}}}"""
                )
            },
            {
                "chat audio",
                Events(
                    """{"id": "c1", "object": "chat.completion.chunk", "model": "gpt-audio", "choices": [{"index": 0, "delta": {"role": "assistant", "audio": {"id": "audio_1", "transcript": "Hel"}}}]}""",
                    """{"id": "c1", "object": "chat.completion.chunk", "model": "gpt-audio", "choices": [{"index": 0, "delta": {"audio": {"data": "AAEC"}}}]}""",
                    """{"id": "c1", "object": "chat.completion.chunk", "model": "gpt-audio", "choices": [{"index": 0, "delta": {"audio": {"transcript": "lo"}}}]}""",
                    """{"id": "c1", "object": "chat.completion.chunk", "model": "gpt-audio", "choices": [{"index": 0, "delta": {"audio": {"expires_at": 1700000000}}, "finish_reason": "stop"}]}"""
                )
            },
            {
                "Azure",
                Events(
                    """{"choices": [], "created": 0, "id": "", "model": "", "object": "", "prompt_filter_results": [{"prompt_index": 0, "content_filter_results": {"jailbreak": {"filtered": false, "detected": false}, "hate": {"filtered": false, "severity": "safe"}}}]}""",
                    """{"id": "c2", "object": "chat.completion.chunk", "model": "gpt-4o", "system_fingerprint": "fp_1", "choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}, "content_filter_results": {}}]}""",
                    """{"id": "c2", "object": "chat.completion.chunk", "model": "gpt-4o", "system_fingerprint": "fp_1", "choices": [{"index": 0, "delta": {"content": "Hi"}, "content_filter_offsets": {"check_offset": 1}, "content_filter_results": {"hate": {"filtered": false, "severity": "low"}}}]}""",
                    """{"id": "c2", "object": "chat.completion.chunk", "model": "gpt-4o", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}""",
                    """{"id": "c2", "object": "chat.completion.chunk", "model": "gpt-4o", "choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}"""
                )
            },
            {
                "Mistral",
                Events(
                    """{"id": "c3", "object": "chat.completion.chunk", "model": "magistral", "choices": [{"index": 0, "delta": {"role": "assistant", "content": [{"type": "thinking", "thinking": [{"type": "text", "text": "Why "}]}]}}]}""",
                    """{"id": "c3", "object": "chat.completion.chunk", "model": "magistral", "choices": [{"index": 0, "delta": {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "not?"}]}]}}]}""",
                    """{"id": "c3", "object": "chat.completion.chunk", "model": "magistral", "choices": [{"index": 0, "delta": {"content": "Yes."}, "finish_reason": "stop"}]}"""
                )
            },
            {
                "a custom tool",
                """
                    {"id": "c4", "object": "chat.completion", "model": "gpt-5", "choices": [{"index": 0, "finish_reason": "tool_calls", "message": {"role": "assistant", "content": null,
                      "tool_calls": [{"id": "t1", "type": "custom", "custom": {"name": "run", "input": "ls -l"}}]}}]}
                    """
            },
            {
                "a failed response",
                Events(
                    """{"type": "response.created", "response": {"id": "resp_2", "object": "response", "status": "in_progress", "output": []}}""",
                    """{"type": "response.failed", "response": {"id": "resp_2", "object": "response", "status": "failed", "error": {"code": "server_error", "message": "The model failed"}, "output": []}}"""
                )
            },
            {
                "an Ollama stream that fails",
                """
                    {"model": "qwen", "created_at": "2025-01-01T00:00:00Z", "message": {"role": "assistant", "content": "Be"}, "done": false}
                    {"error": "an error was encountered while running the model"}
                    """
            },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Every_text_of_an_answer_is_in_the_JSON_output_of_one_conversation(string family, string answer)
    {
        var cassette = Assert.Single(GivenCassette.Read(answer));
        using var output = JsonDocument.Parse(
            TranscriptRenderer.Render(new Transcript(cassette.Conversation()), TranscriptOutput.Json)
        );
        var shown = string.Join(
            '\n',
            Leaves(output.RootElement, string.Empty).SelectMany(leaf => Inner(leaf.Text).Append(leaf.Text))
        );
        Assert.All(Documents(answer).SelectMany(document => Leaves(document, string.Empty)), leaf =>
            Assert.True(
                s_noise.Contains(leaf.Name)
                    || leaf is ("role", "model")
                    || shown.Contains(leaf.Text, StringComparison.Ordinal),
                $"{family}: {leaf.Name} is dropped: {leaf.Text}"
            )
        );
    }

    [Fact]
    public void An_Anthropic_event_stream_has_its_thoughts_calls_of_all_kinds_and_text()
    {
        var message = Message("Anthropic events");
        Assert.Equal(("Let me search.", "It is sunny"), (message.Reasoning, message.Text));
        Assert.Equal(
            [
                new ToolCall("srv_1", "web_search", """{"query": "weather"}"""),
                new ToolCall("mcp_1", "log", """{"line": 1}"""),
            ],
            message.ToolCalls
        );
        Assert.Equal(
            ["redacted_thinking", "web_search_tool_result", null, "mcp_tool_result"],
            message.Parts.Select(part => part.Label)
        );
    }

    [Fact]
    public void A_Gemini_array_is_one_stream_with_its_thoughts_image_and_call()
    {
        var message = Message("Gemini array");
        Assert.Equal(("Planning. ", "Here it is."), (message.Reasoning, message.Text));
        Assert.Equal([new ToolCall(null, "save", """{"as":"a.png"}""")], message.ToolCalls);
        Assert.Equal(
            $"data:image/png;base64,{Pixel}",
            Assert.Single(message.Parts, part => part.Kind == ContentPartKind.Image).Value
        );
    }

    [Fact]
    public void Two_whole_Gemini_answers_are_two_conversations() =>
        Assert.Equal(
            ["One.", "Two."],
            GivenCassette
                .Read(
                    """
                    [{"candidates": [{"content": {"parts": [{"text": "One."}]}, "finishReason": "STOP"}], "responseId": "a"},
                     {"candidates": [{"content": {"parts": [{"text": "Two."}]}, "finishReason": "STOP"}], "responseId": "b"}]
                    """
                )
                .Select(cassette => cassette.Conversation().Choices[0].Message.Text)
        );

    [Fact]
    public void Gemini_s_responses_without_ids_are_one_stream_up_to_the_one_that_ends()
    {
        const string Whole =
            """{"candidates": [{"content": {"parts": [{"text": "Paris"}]}, "finishReason": "STOP"}]}""";
        const string Other = """{"candidates": [{"content": {"parts": [{"text": "Rome"}]}, "finishReason": "STOP"}]}""";
        const string Begun = """{"candidates": [{"content": {"parts": [{"text": "Lon"}]}}]}""";
        const string Ended = """{"candidates": [{"content": {"parts": [{"text": "don"}]}, "finishReason": "STOP"}]}""";
        const string Counted = """{"usageMetadata": {"promptTokenCount": 1}}""";
        const string Blocked =
            """{"promptFeedback": {"blockReason": "SAFETY"}, "usageMetadata": {"promptTokenCount": 1}}""";
        Assert.Equal(["Paris", "Rome"], Said(Whole, Other));
        Assert.Equal(["London"], Said(Begun, Ended));
        Assert.Equal(["London"], Said(Begun, Ended, Counted));
        Assert.Equal(["", "Paris"], Said(Blocked, Whole));

        static IEnumerable<string> Said(params string[] responses) =>
            GivenCassette
                .Read($"[{string.Join(',', responses)}]")
                .Select(cassette =>
                    string.Concat(cassette.Conversation().Choices.Select(choice => choice.Message.Text))
                );
    }

    [Fact]
    public void Pieces_that_are_whole_are_told_at_once_and_a_stream_up_to_the_piece_that_ends_it()
    {
        const string Whole =
            """{"candidates": [{"content": {"parts": [{"text": "Paris"}]}, "finishReason": "STOP"}]}""";
        const string Begun = """{"candidates": [{"content": {"parts": [{"text": "Lon"}]}}]}""";
        var given = new GivenText();
        given.Add(Whole);
        Assert.True(given.IsWhole);
        Assert.Equal(Whole, given.Take());
        given.Add(Begun);
        Assert.False(given.IsWhole);
        Assert.True(given.Continues(Whole));
        given.Add(Whole);
        Assert.False(given.Continues(Begun));
        Assert.False(given.Continues(Whole));
        Assert.Equal($"{Begun}\n{Whole}", given.Take());
        Assert.False(given.IsWhole);
    }

    [Fact]
    public void An_Ollama_stream_has_its_thoughts_and_each_of_its_calls()
    {
        var message = Message("Ollama lines");
        Assert.Equal(("Hmm.", "Looking…"), (message.Reasoning, message.Text));
        Assert.Equal(
            [new ToolCall(null, "get", """{"k":"a"}"""), new ToolCall(null, "get", """{"k":"b"}""")],
            message.ToolCalls
        );
    }

    [Fact]
    public void A_Responses_stream_shows_what_the_service_s_own_tools_did_in_order()
    {
        var message = Message("Responses events");
        Assert.Equal(("Thinking", "A dot.", "No more."), (message.Reasoning, message.Text, message.Refusal));
        Assert.Equal(
            [
                "web_search_call",
                "file_search_call",
                "code_interpreter_call",
                "mcp_call",
                "image",
                "text",
                "url_citation",
            ],
            message.Parts.Select(part => part.Label ?? part.Kind.ToString().ToLowerInvariant())
        );
        Assert.Equal($"data:image/png;base64,{Pixel}", message.Parts[4].Value);
    }

    [Fact]
    public void A_spoken_answer_has_its_sound_and_its_words()
    {
        var part = Assert.Single(Message("chat audio").Parts);
        Assert.Equal(
            (ContentPartKind.Audio, "data:audio/*;base64,AAEC", "Hello"),
            (part.Kind, part.Value, part.Spoken)
        );
    }

    [Fact]
    public void Mistral_s_thoughts_are_reasoning_and_a_custom_tool_s_call_has_its_input()
    {
        Assert.Equal(("Why not?", "Yes."), (Message("Mistral").Reasoning, Message("Mistral").Text));
        Assert.Equal([new ToolCall("t1", "run", "ls -l")], Message("a custom tool").ToolCalls);
    }

    [Fact]
    public void A_stream_that_fails_has_its_error_after_what_was_said()
    {
        Assert.Equal("The model failed", Read("a failed response").Error!.Message);
        var ollama = Read("an Ollama stream that fails");
        Assert.Equal(
            ("Be", "an error was encountered while running the model"),
            (ollama.Choices[0].Message.Text, ollama.Error!.Message)
        );
    }

    [Fact]
    public void What_a_Responses_request_repeats_of_earlier_answers_is_said_by_whom_it_was_said()
    {
        var messages = BuiltCassette
            .Of(
                new { body = new { } },
                new
                {
                    input = new object[]
                    {
                        new { type = "reasoning", summary = new[] { new { type = "summary_text", text = "why" } } },
                        new
                        {
                            type = "custom_tool_call",
                            call_id = "c1",
                            name = "run",
                            input = "ls",
                        },
                        new
                        {
                            type = "custom_tool_call_output",
                            call_id = "c1",
                            output = "a.txt",
                        },
                        new { type = "web_search_call", action = new { query = "rain" } },
                        new { type = "text", text = "and then?" },
                    },
                }
            )
            .Conversation()
            .Messages;
        Assert.Equal(["assistant", "assistant", "tool", "assistant", "user"], messages.Select(message => message.Role));
        Assert.Equal(
            ("why", "run(ls)", "a.txt", "and then?"),
            (messages[0].Reasoning, messages[1].ToolCalls[0].ToString(), messages[2].Text, messages[4].Text)
        );
        Assert.Equal("web_search_call", messages[3].Parts[0].Label);
    }

    private static Conversation Read(string family) =>
        Assert.Single(GivenCassette.Read((string)Answers.Single(row => row[0].Equals(family))[1])).Conversation();

    private static Message Message(string family) => Assert.Single(Read(family).Choices).Message;

    private static string Events(params string[] data) =>
        string.Concat(data.Select(json => $"data: {json}\n\n")) + "data: [DONE]\n\n";

    private static IEnumerable<JsonElement> Documents(string answer)
    {
        if (answer.StartsWith("data:", StringComparison.Ordinal))
        {
            return answer
                .Split('\n')
                .Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
                .Select(line => Element(line[6..]));
        }

        return answer.StartsWith('[') || !answer.Contains("}\n{", StringComparison.Ordinal)
            ? [Element(answer)]
            : answer.Split('\n').Where(line => line.Length > 0).Select(Element);
    }

    private static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>The texts inside a text that is JSON itself, as arguments of tools are.</summary>
    private static IEnumerable<string> Inner(string text) =>
        text is ['{' or '[', ..] && text[^1] is '}' or ']'
            ? Leaves(Element(text), string.Empty).Select(leaf => leaf.Text)
            : [];

    private static IEnumerable<(string Name, string Text)> Leaves(JsonElement value, string name) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Leaves(member.Value, member.Name)),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(element => Leaves(element, name)),
            JsonValueKind.String when value.GetString() is { Length: > 0 } text => [(name, text)],
            _ => [],
        };
}
