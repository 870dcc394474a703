using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>
/// Amazon Bedrock's Converse and ConverseStream, in the shapes that the reference and public recordings show.
/// </summary>
public class BedrockConverseTests
{
    private const string Model = "anthropic.claude-3-5-sonnet-20240620-v1:0";
    private const string Path = $"/model/{Model}/converse";
    private const string StreamPath = $"/model/{Model}/converse-stream";

    private const string Request = """
        {"system":[{"text":"Be brief."}],"inferenceConfig":{"maxTokens":50,"temperature":0.5},
         "messages":[{"role":"user","content":[{"text":"What is this?"},{"image":{"format":"png","source":{"bytes":"aGk="}}}]},
          {"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"text":"A picture.","signature":"s"}}},{"toolUse":{"toolUseId":"t_1","name":"look","input":{"at":1}}}]},
          {"role":"user","content":[{"toolResult":{"toolUseId":"t_1","content":[{"json":{"kind":"cat"}},{"text":"a cat"}],"status":"success"}}]}],
         "toolConfig":{"tools":[{"toolSpec":{"name":"look","description":"Looks.","inputSchema":{"json":{"type":"object"}}}}],"toolChoice":{"auto":{}}}}
        """;

    private const string Answer = """
        {"metrics":{"latencyMs":2606},"output":{"message":{"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"x"}}},
         {"text":"A cat."},{"toolUse":{"toolUseId":"t_2","name":"look","input":{"at":2}}}]}},"stopReason":"tool_use",
         "usage":{"cacheReadInputTokens":3,"cacheWriteInputTokens":0,"inputTokens":20,"outputTokens":6,"totalTokens":26}}
        """;

    private static readonly string[] s_frames =
    [
        """{"messageStart":{"role":"assistant"}}""",
        """{"contentBlockDelta":{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"Look "}}}}""",
        """{"contentBlockDelta":{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"first."}}}}""",
        """{"contentBlockDelta":{"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"c2ln"}}}}""",
        """{"contentBlockStop":{"contentBlockIndex":0}}""",
        """{"contentBlockDelta":{"contentBlockIndex":1,"delta":{"text":"One "}}}""",
        """{"contentBlockDelta":{"contentBlockIndex":1,"delta":{"text":"moment."}}}""",
        """{"contentBlockStop":{"contentBlockIndex":1}}""",
        """{"contentBlockStart":{"contentBlockIndex":2,"start":{"toolUse":{"toolUseId":"t_1","name":"look"}}}}""",
        """{"contentBlockDelta":{"contentBlockIndex":2,"delta":{"toolUse":{"input":"{\"at\":"}}}}""",
        """{"contentBlockDelta":{"contentBlockIndex":2,"delta":{"toolUse":{"input":"1}"}}}}""",
        """{"contentBlockStart":{"contentBlockIndex":3,"start":{"toolUse":{"toolUseId":"t_2","name":"rest"}}}}""",
        """{"messageStop":{"stopReason":"tool_use"}}""",
        """{"metadata":{"metrics":{"latencyMs":900},"usage":{"inputTokens":30,"outputTokens":8,"totalTokens":38}}}""",
    ];

    [Fact]
    public void A_request_has_its_messages_tools_and_parameters()
    {
        var conversation = Whole().Conversation();
        Assert.Equal(["system", "user", "assistant", "tool"], conversation.Messages.Select(message => message.Role));
        Assert.Equal(
            ["Be brief.", "What is this?", "", "a cat"],
            conversation.Messages.Select(message => message.Text)
        );
        Assert.Equal(
            new ContentPart(ContentPartKind.Image, "data:image/png;base64,aGk="),
            conversation.Messages[1].Parts[1]
        );
        Assert.Equal("A picture.", conversation.Messages[2].Reasoning);
        Assert.Equal(new ToolCall("t_1", "look", """{"at":1}"""), Assert.Single(conversation.Messages[2].ToolCalls));
        Assert.Equal(
            ("t_1", """{"json":{"kind":"cat"}}"""),
            (conversation.Messages[3].ToolCallId, conversation.Messages[3].Parts[0].Value)
        );
        Assert.Equal(new ToolDefinition("look", "Looks.", """{"type":"object"}"""), Assert.Single(conversation.Tools));
        Assert.Equal(
            [
                new("inferenceConfig.maxTokens", "50"),
                new("inferenceConfig.temperature", "0.5"),
                new("toolConfig.toolChoice", """{"auto":{}}"""),
            ],
            conversation.Parameters
        );
    }

    [Fact]
    public void A_whole_answer_has_its_text_thoughts_calls_reason_and_usage_and_the_model_of_the_path()
    {
        var conversation = Whole().Conversation();
        var choice = Assert.Single(conversation.Choices);
        Assert.Equal(
            ("A cat.", "Hm.", "tool_use"),
            (choice.Message.Text, choice.Message.Reasoning, choice.FinishReason)
        );
        Assert.Equal(new ToolCall("t_2", "look", """{"at":2}"""), Assert.Single(choice.Message.ToolCalls));
        Assert.Equal(
            new Usage
            {
                PromptTokens = 20,
                CompletionTokens = 6,
                TotalTokens = 26,
                CachedTokens = 3,
            },
            conversation.Usage
        );
        Assert.Equal(Model, conversation.Model);
    }

    [Fact]
    public void A_stream_has_its_text_thoughts_calls_reason_and_usage()
    {
        var conversation = Streamed().Conversation();
        var choice = Assert.Single(conversation.Choices);
        Assert.Equal(
            ("assistant", "One moment.", "Look first."),
            (choice.Message.Role, choice.Message.Text, choice.Message.Reasoning)
        );
        Assert.Equal(
            [new ToolCall("t_1", "look", """{"at":1}"""), new ToolCall("t_2", "rest", "{}")],
            choice.Message.ToolCalls
        );
        Assert.Equal(("tool_use", 38), (choice.FinishReason, conversation.Usage!.TotalTokens));
    }

    [Fact]
    public void A_stream_that_fails_has_its_error()
    {
        var conversation = BuiltCassette
            .OfStream(s_frames[0], """{"throttlingException":{"message":"too fast"}}""")
            .Conversation();
        Assert.Equal("too fast", conversation.Error?.Message);
    }

    [Fact]
    public void A_secret_that_a_stream_spells_in_pieces_is_found()
    {
        var secret = PlantedKey.Of("openai-api-key");
        var frames = secret
            .Chunk(7)
            .Select(piece =>
                $$$$"""{"contentBlockDelta":{"contentBlockIndex":1,"delta":{"text":"{{{{new string(piece)}}}}"}}}"""
            );
        var cassette = BuiltMatcher.Cassette(Request, StreamPath, response: Response([s_frames[0], .. frames]));
        Assert.Contains(new Redactor().Find(cassette), finding => finding.Rule == "openai-api-key");
    }

    [Fact]
    public void Other_call_ids_match_and_another_model_does_not()
    {
        var matcher = new BuiltMatcher().Add(Request, Path);
        Assert.True(
            matcher.Matches(BuiltMatcher.Request(Request.Replace("t_1", "t_9", StringComparison.Ordinal), Path))
        );
        Assert.True(matcher.Matches(BuiltMatcher.Request(Request, Path.Replace(":", "%3A", StringComparison.Ordinal))));
        Assert.False(matcher.Matches(BuiltMatcher.Request(Request, "/model/other/converse")));
        Assert.False(matcher.Matches(BuiltMatcher.Request(Request, StreamPath)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_is_replayed_and_a_miss_is_an_error_as_Bedrock_writes_it(bool overHttp)
    {
        await using var transport = new ReplayTransport(overHttp, [Whole()]);
        Assert.Equal(
            JsonNode.Parse(Answer)!.ToJsonString(),
            JsonNode.Parse(await transport.ReadAsync(Request, Path))!.ToJsonString()
        );
        using var miss = await transport.AskAsync("""{"messages":[]}""", Path);
        Assert.NotEmpty(JsonNode.Parse(await miss.Content.ReadAsStringAsync())!["message"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_frames_of_a_stream_are_replayed_as_JSON(bool overHttp)
    {
        await using var transport = new ReplayTransport(overHttp, [Streamed()]);
        Assert.Equal(
            string.Concat(s_frames.Select(frame => $"data: {frame}\n\n")),
            await transport.ReadAsync(Request, StreamPath)
        );
    }

    private static Cassette Whole() =>
        BuiltMatcher.Cassette(Request, Path, response: $$"""{"body":{{Answer}},"is_streaming":false}""");

    private static Cassette Streamed() => BuiltMatcher.Cassette(Request, StreamPath, response: Response(s_frames));

    private static string Response(IEnumerable<string> frames) =>
        $$"""{"body":[{{string.Join(',', frames)}}],"is_streaming":true}""";
}
