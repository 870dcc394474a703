using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>Cohere's chat, version 2, in the shapes that its reference and public recordings show.</summary>
public class CohereChatTests
{
    private const string Path = "/v2/chat";

    private const string Request = """
        {"model":"command-a","temperature":0.5,"stream":true,
         "messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"Weather in Bern?"}]},
          {"role":"assistant","tool_plan":"I will look.","tool_calls":[{"id":"w_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Bern\"}"}}]},
          {"role":"tool","tool_call_id":"w_1","content":[{"type":"document","document":{"data":"12 degrees"}}]}],
         "tools":[{"type":"function","function":{"name":"weather","description":"Looks.","parameters":{"type":"object"}}}]}
        """;

    private const string Answer = """
        {"id":"c-1","message":{"role":"assistant","content":[{"type":"thinking","thinking":"Hm."},{"type":"text","text":"It is 12 degrees."}],
         "citations":[{"start":6,"end":8,"text":"12","sources":[{"type":"tool","id":"w_1:0"}],"type":"TEXT_CONTENT"}]},
         "finish_reason":"COMPLETE","usage":{"billed_units":{"input_tokens":5,"output_tokens":3},"tokens":{"input_tokens":70,"output_tokens":9},"cached_tokens":16}}
        """;

    private static readonly string[] s_events =
    [
        """{"id":"c-2","type":"message-start","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}}}""",
        """{"type":"content-start","index":0,"delta":{"message":{"content":{"type":"thinking","thinking":""}}}}""",
        """{"type":"content-delta","index":0,"delta":{"message":{"content":{"thinking":"Two "}}}}""",
        """{"type":"content-delta","index":0,"delta":{"message":{"content":{"thinking":"cities. "}}}}""",
        """{"type":"content-end","index":0}""",
        """{"type":"tool-plan-delta","delta":{"message":{"tool_plan":"I will look"}}}""",
        """{"type":"tool-plan-delta","delta":{"message":{"tool_plan":" twice."}}}""",
        """{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"w_1","type":"function","function":{"name":"weather","arguments":""}}}}}""",
        """{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{\"city\":"}}}}}""",
        """{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"\"Bern\"}"}}}}}""",
        """{"type":"tool-call-end","index":0}""",
        """{"type":"tool-call-start","index":1,"delta":{"message":{"tool_calls":{"id":"w_2","type":"function","function":{"name":"weather","arguments":"{}"}}}}}""",
        """{"type":"content-start","index":1,"delta":{"message":{"content":{"type":"text","text":""}}}}""",
        """{"type":"content-delta","index":1,"delta":{"message":{"content":{"text":"One "}}}}""",
        """{"type":"citation-start","index":0,"delta":{"message":{"citations":{"start":0,"end":3,"text":"One","sources":[],"type":"TEXT_CONTENT","content_index":1}}}}""",
        """{"type":"content-delta","index":1,"delta":{"message":{"content":{"text":"moment."}}}}""",
        """{"type":"citation-end","index":0}""",
        """{"type":"message-end","delta":{"finish_reason":"TOOL_CALL","usage":{"tokens":{"input_tokens":40,"output_tokens":8}}}}""",
    ];

    [Fact]
    public void A_request_has_its_messages_tools_and_parameters()
    {
        var conversation = Whole().Conversation();
        Assert.Equal(["system", "user", "assistant", "tool"], conversation.Messages.Select(message => message.Role));
        Assert.Equal(
            ["Be brief.", "Weather in Bern?", "", "12 degrees"],
            conversation.Messages.Select(message => message.Text)
        );
        Assert.Equal("I will look.", conversation.Messages[2].Reasoning);
        Assert.Equal(
            new ToolCall("w_1", "weather", """{"city":"Bern"}"""),
            Assert.Single(conversation.Messages[2].ToolCalls)
        );
        Assert.Equal("w_1", conversation.Messages[3].ToolCallId);
        Assert.Equal(
            new ToolDefinition("weather", "Looks.", """{"type":"object"}"""),
            Assert.Single(conversation.Tools)
        );
        Assert.Contains(new RequestParameter("temperature", "0.5"), conversation.Parameters);
    }

    [Fact]
    public void A_whole_answer_has_its_text_thoughts_reason_and_usage()
    {
        var conversation = Whole().Conversation();
        var choice = Assert.Single(conversation.Choices);
        Assert.Equal(
            ("It is 12 degrees.", "Hm.", "COMPLETE"),
            (choice.Message.Text, choice.Message.Reasoning, choice.FinishReason)
        );
        Assert.Equal(
            new Usage
            {
                PromptTokens = 70,
                CompletionTokens = 9,
                TotalTokens = 79,
                CachedTokens = 16,
            },
            conversation.Usage
        );
        Assert.Equal(("c-1", "command-a"), (conversation.ResponseId, conversation.Model));
        Assert.Contains(conversation.Details, detail => detail.Name == "message.citations");
    }

    [Fact]
    public void A_stream_has_its_text_thoughts_calls_reason_and_usage()
    {
        var conversation = Streamed().Conversation();
        var choice = Assert.Single(conversation.Choices);
        Assert.Equal(("assistant", "One moment."), (choice.Message.Role, choice.Message.Text));
        Assert.Equal("Two cities. I will look twice.", choice.Message.Reasoning);
        Assert.Equal(
            [new ToolCall("w_1", "weather", """{"city":"Bern"}"""), new ToolCall("w_2", "weather", "{}")],
            choice.Message.ToolCalls
        );
        Assert.Equal(("TOOL_CALL", "c-2"), (choice.FinishReason, conversation.ResponseId));
        Assert.Equal((40, 8), (conversation.Usage!.PromptTokens, conversation.Usage.CompletionTokens));
        Assert.Contains(conversation.Details, detail => detail.Name == "delta.message.citations");
    }

    [Fact]
    public void A_stream_that_fails_has_its_error()
    {
        var conversation = BuiltCassette
            .OfStream("""{"type":"message-end","delta":{"finish_reason":"ERROR","error":"overloaded"}}""")
            .Conversation();
        Assert.Equal("overloaded", conversation.Error?.Message);
    }

    [Fact]
    public void Other_call_ids_match()
    {
        var matcher = new BuiltMatcher().Add(Request, Path);
        Assert.True(
            matcher.Matches(BuiltMatcher.Request(Request.Replace("w_1", "w_9", StringComparison.Ordinal), Path))
        );
        Assert.False(
            matcher.Matches(BuiltMatcher.Request(Request.Replace("Bern", "Basel", StringComparison.Ordinal), Path))
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_is_replayed_with_the_names_of_its_events_and_without_DONE(bool overHttp)
    {
        await using var transport = new ReplayTransport(overHttp, [Streamed()]);
        using var answer = await transport.AskAsync(Request, Path);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var expected = s_events.Select(data => $"event: {JsonNode.Parse(data)!["type"]}\ndata: {data}\n\n");
        Assert.Equal(string.Concat(expected), await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_miss_is_an_error_as_Cohere_writes_it(bool overHttp)
    {
        await using var transport = new ReplayTransport(overHttp, [Whole()]);
        Assert.Equal(
            JsonNode.Parse(Answer)!.ToJsonString(),
            JsonNode.Parse(await transport.ReadAsync(Request, Path))!.ToJsonString()
        );
        using var miss = await transport.AskAsync("""{"model":"other"}""", Path);
        Assert.NotEmpty(JsonNode.Parse(await miss.Content.ReadAsStringAsync())!["message"]!.GetValue<string>());
    }

    private static Cassette Whole() =>
        BuiltMatcher.Cassette(Request, Path, response: $$"""{"body":{{Answer}},"is_streaming":false}""");

    private static Cassette Streamed() =>
        BuiltMatcher.Cassette(
            Request,
            Path,
            response: $$"""{"body":[{{string.Join(',', s_events)}}],"is_streaming":true}"""
        );
}
