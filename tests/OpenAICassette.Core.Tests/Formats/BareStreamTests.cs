using static OpenAICassette.Tests.BareAnswerTests;

namespace OpenAICassette.Tests;

/// <summary>Streams that were kept without an exchange around them, as lines or as an array of their payloads.</summary>
public class BareStreamTests
{
    private const string Converse = """
        {"contentBlockDelta":{"contentBlockIndex":0,"delta":{"text":"I "}}}
        {"contentBlockDelta":{"contentBlockIndex":0,"delta":{"text":"look."}}}
        {"contentBlockStart":{"contentBlockIndex":1,"start":{"toolUse":{"toolUseId":"t1","name":"weather"}}}}
        {"contentBlockDelta":{"contentBlockIndex":1,"delta":{"toolUse":{"input":"{\"city\":\"Bonn\"}"}}}}
        {"metadata":{"usage":{"inputTokens":4,"outputTokens":2,"totalTokens":6}}}
        {"messageStop":{"stopReason":"tool_use"}}
        """;

    private const string Cohere = """
        {"id":"c","type":"message-start","delta":{"message":{"role":"assistant","content":[],"tool_calls":[]}}}
        {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"I "}}}}
        {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"look."}}}}
        {"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"t1","type":"function","function":{"name":"weather","arguments":""}}}}}
        {"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{\"city\":\"Bonn\"}"}}}}}
        {"type":"message-end","delta":{"finish_reason":"TOOL_CALL","usage":{"tokens":{"input_tokens":4,"output_tokens":2}}}}
        """;

    private const string Interaction = """
        {"event_type":"interaction.created","interaction":{"id":"i","object":"interaction","status":"in_progress","model":"m"}}
        {"event_type":"step.start","index":0,"step":{"type":"model_output"}}
        {"event_type":"step.delta","index":0,"delta":{"type":"text","text":"I "}}
        {"event_type":"step.delta","index":0,"delta":{"type":"text","text":"look."}}
        {"event_type":"step.start","index":1,"step":{"type":"function_call","id":"t1","name":"weather","arguments":{}}}
        {"event_type":"step.delta","index":1,"delta":{"type":"arguments_delta","arguments":"{\"city\":\"Bonn\"}"}}
        {"event_type":"interaction.completed","interaction":{"id":"i","object":"interaction","status":"requires_action","usage":{"total_input_tokens":4,"total_output_tokens":2}}}
        """;

    private const string Live = """
        {"setupComplete":{}}
        {"serverContent":{"inputTranscription":{"text":"A fox"}}}
        {"serverContent":{"outputTranscription":{"text":"Ein "}}}
        {"serverContent":{"outputTranscription":{"text":"Fuchs"}}}
        {"serverContent":{"turnComplete":true},"usageMetadata":{"promptTokenCount":4,"responseTokenCount":2}}
        """;

    private const string Translation = """
        {"type":"session.created","event_id":"e1","session":{"id":"s","type":"translation","model":"m"}}
        {"type":"session.input_transcript.delta","event_id":"e2","delta":"A fox"}
        {"type":"session.output_audio.delta","event_id":"e3","delta":"AQIDBA=="}
        {"type":"session.output_transcript.delta","event_id":"e4","delta":"Ein "}
        {"type":"session.output_transcript.delta","event_id":"e5","delta":"Fuchs"}
        """;

    public static TheoryData<string, string, string, string?> Streams =>
        new()
        {
            { Converse, "/converse-stream", "bedrock-converse", null },
            { Cohere, "/v2/chat", "cohere-chat", null },
            { Interaction, "/v1beta/interactions", "gemini-other", "m" },
        };

    [Theory]
    [MemberData(nameof(Streams))]
    public void Payloads_on_lines_are_a_stream_of_their_api(string lines, string path, string api, string? model)
    {
        var call = Read(lines);
        var conversation = ConversationAssembler.Assemble(call);
        Assert.Equal((path, api, model, true), (call.Endpoint, Api(call), call.Model, call.IsStreaming));
        Assert.Equal("I look.", conversation.Choices[0].Message.Text);
        Assert.Equal(
            new ToolCall("t1", "weather", """{"city":"Bonn"}"""),
            Assert.Single(conversation.Choices[0].Message.ToolCalls)
        );
        Assert.Equal((4, 2), (conversation.Usage!.PromptTokens, conversation.Usage.CompletionTokens));
        Assert.NotNull(conversation.Choices[0].FinishReason);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Payloads_in_an_array_are_the_same_stream(string lines, string path, string api, string? model)
    {
        var payloads = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var call = Read($"[{string.Join(",\n", payloads)}]");
        Assert.Equal((path, api, model, payloads.Length), (call.Endpoint, Api(call), call.Model, call.ChunkCount));
        Assert.Equal("I look.", ConversationAssembler.Assemble(call).Choices[0].Message.Text);

        // Another format holds what a replay sends.
        var converted = Assert.Single(CassetteConverter.Convert(call.Cassette, "har").Cassettes);
        var again = CassetteStore.Open(converted.Read(), CassetteOrigin.OfMemory("a.har")).Interactions[0];
        Assert.Equal(payloads.Length, again.ChunkCount);
        Assert.Equal("I look.", ConversationAssembler.Assemble(again).Choices[0].Message.Text);
    }

    [Fact]
    public void An_array_of_contents_is_a_stream_of_gemini()
    {
        const string text = """
            [{"candidates":[{"content":{"role":"model","parts":[{"text":"I "}]}}],"modelVersion":"m"},
            {"candidates":[{"content":{"role":"model","parts":[{"text":"look."}]},"finishReason":"STOP"}],"modelVersion":"m"}]
            """;
        var call = Read(text);
        Assert.Equal(("/v1beta/models/m:streamGenerateContent", 2), (call.Endpoint, call.ChunkCount));
        Assert.Equal("I look.", ConversationAssembler.Assemble(call).Choices[0].Message.Text);
    }

    [Fact]
    public void An_error_in_a_stream_comes_after_the_status()
    {
        var call = Read(
            "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Busy\"}}\n\n"
        );
        Assert.Equal((200, "/v1/messages"), (call.Summary.Status, call.Endpoint));
        Assert.Equal("Busy", ConversationAssembler.Assemble(call).Error!.Message);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void A_key_that_lines_spell_is_replaced(string lines, string path, string api, string? model)
    {
        _ = (path, api, model);
        Assert.Equal("I say REDACTED_OPENAI_API_KEY_1.", SaidWithKey(lines, ("I ", "I say "), ("look.", ".")));
    }

    [Theory]
    [InlineData(Live, "BidiGenerateContent", null)]
    [InlineData(Translation, "/v1/realtime", "m")]
    public void Messages_of_a_service_on_lines_are_a_session(string lines, string path, string? model)
    {
        var session = Read(lines);
        Assert.EndsWith(path, session.Endpoint, StringComparison.Ordinal);
        Assert.Equal(("WEBSOCKET", model, 5), (session.Method, session.Model, session.ChunkCount));
        var conversation = ConversationAssembler.Assemble(session);
        Assert.Equal("A fox", Assert.Single(conversation.Messages).Text);
        Assert.Equal("Ein Fuchs", conversation.Choices[0].Message.Text);

        // It has no end but that of the connection, so none is missing.
        Assert.Empty(HealthCheck.CheckAlone(Open(lines)));

        Assert.Equal("Ein REDACTED_OPENAI_API_KEY_1", SaidWithKey(lines, ("Ein ", "Ein "), ("Fuchs", "")));
    }

    [Fact]
    public void A_damaged_line_does_not_hide_the_others()
    {
        var lines =
            "{\"type\":\"response.created\",\"response\":{\"id\":\"r\"}\n"
            + "{\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"Hello\"}\n"
            + "{\"type\":\"response.completed\",\"response\":{\"id\":\"r\",\"status\":\"completed\"}}\n";
        var call = Read(lines);
        Assert.Equal(("/v1/responses", 3), (call.Endpoint, call.ChunkCount));
        Assert.Equal("Hello", ConversationAssembler.Assemble(call).Choices[0].Message.Text);
    }

    [Fact]
    public void Messages_after_each_other_stand_in_their_order()
    {
        string Message(string text) =>
            $$$"""
                {"type":"message_start","message":{"id":"m","role":"assistant","content":[],"model":"m"}}
                {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
                {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{{{text}}}"} }
                {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t-{{{text}}}","name":"{{{text}}}","input":{} } }
                {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"a\":1}"}}
                {"type":"message_stop"}

                """;
        var message = ConversationAssembler.Assemble(Read(Message("one") + Message("two"))).Choices[0].Message;
        Assert.Equal(["one", "two"], message.Parts.Select(part => part.Value));
        Assert.Equal(["one", "two"], message.ToolCalls.Select(tool => tool.Name));
        Assert.All(message.ToolCalls, tool => Assert.Equal("{\"a\":1}", tool.Arguments));
    }

    /// <summary>Returns what an answer says after the removal of a key that two of its pieces spell.</summary>
    private static string? SaidWithKey(
        string lines,
        (string Piece, string Before) first,
        (string Piece, string After) second
    )
    {
        var key = PlantedKey.Of("openai-api-key");
        var secret = lines
            .Replace($"\"{first.Piece}\"", $"\"{first.Before}{key[..20]}\"", StringComparison.Ordinal)
            .Replace($"\"{second.Piece}\"", $"\"{key[20..]}{second.After}\"", StringComparison.Ordinal);
        var clean = new Redactor().Redact(Open(secret)).Cassette;
        return ConversationAssembler.Assemble(clean.Interactions[0]).Choices[0].Message.Text;
    }
}
