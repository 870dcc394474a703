namespace OpenAICassette.Tests;

/// <summary>Answers of APIs that public recordings hold beside the common ones: text, finish reason and usage.</summary>
public class OlderAnswerTests
{
    [Theory]
    [InlineData(
        "/v1/chat",
        """{"response_id":"r","text":"Hola.","generation_id":"g","finish_reason":"COMPLETE","meta":{"billed_units":{"input_tokens":1,"output_tokens":3},"tokens":{"input_tokens":9,"output_tokens":3}}}""",
        "Hola.",
        "COMPLETE",
        9,
        3
    )]
    [InlineData(
        "/v1/generate",
        """{"id":"i","generations":[{"id":"g","text":" Yes","finish_reason":"COMPLETE"}],"meta":{"billed_units":{"input_tokens":5,"output_tokens":7}}}""",
        " Yes",
        "COMPLETE",
        5,
        7
    )]
    [InlineData(
        "/model/amazon.titan/invoke",
        """{"inputTextTokenCount":28.0,"results":[{"tokenCount":19.0,"outputText":"Once","completionReason":"FINISH"}]}""",
        "Once",
        "FINISH",
        28,
        19
    )]
    [InlineData(
        "/model/meta.llama/invoke",
        """{"generation":"Lorem","prompt_token_count":10,"generation_token_count":60,"stop_reason":"length"}""",
        "Lorem",
        "length",
        10,
        60
    )]
    [InlineData(
        "/model/ai21.j2/invoke",
        """{"id":1,"completions":[{"data":{"text":"A net"},"finishReason":{"reason":"length","length":16}}]}""",
        "A net",
        "length",
        null,
        null
    )]
    [InlineData(
        "/model/anthropic.claude-v2/invoke",
        """{"completion":" Hello","stop_reason":"stop_sequence","stop":"Human:"}""",
        " Hello",
        "stop_sequence",
        null,
        null
    )]
    [InlineData(
        "/model/mistral.m/invoke",
        """{"outputs":[{"text":"Salut","stop_reason":"stop"}]}""",
        "Salut",
        "stop",
        null,
        null
    )]
    [InlineData(
        "/chat/completions",
        """{"object":"chat.completion","choices":[{"index":0,"delta":{"role":"assistant","content":""},"message":{"role":"assistant","content":"4"},"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":1}}""",
        "4",
        "stop",
        2,
        1
    )]
    public void A_whole_answer_is_read(string path, string body, string text, string finish, int? input, int? output)
    {
        var conversation = Answer(path, $$"""{"body":{{body}},"is_streaming":false}""");
        var choice = Assert.Single(conversation.Choices);

        Assert.Equal((text, finish), (choice.Message.Text, choice.FinishReason));
        Assert.Equal((input, output), (conversation.Usage?.PromptTokens, conversation.Usage?.CompletionTokens));
    }

    [Fact]
    public void Several_generations_are_several_choices()
    {
        const string body = """{"generations":[{"text":"a","finish_reason":"MAX_TOKENS"},{"text":"b"}]}""";
        var conversation = Answer("/model/cohere.command/invoke", $$"""{"body":{{body}},"is_streaming":false}""");

        Assert.Equal(["a", "b"], conversation.Choices.Select(choice => choice.Message.Text));
    }

    [Fact]
    public void The_last_event_of_the_first_version_of_Cohere_repeats_the_text()
    {
        var conversation = Stream(
            "/v1/chat",
            """{"is_finished":false,"event_type":"stream-start","generation_id":"g"}""",
            """{"is_finished":false,"event_type":"text-generation","text":"Ho"}""",
            """{"is_finished":false,"event_type":"text-generation","text":"la"}""",
            """{"is_finished":true,"event_type":"stream-end","response":{"text":"Hola","generation_id":"g","meta":{"tokens":{"input_tokens":6,"output_tokens":3}}},"finish_reason":"COMPLETE"}"""
        );

        Assert.Equal("Hola", conversation.Choices[0].Message.Text);
        Assert.Equal("COMPLETE", conversation.Choices[0].FinishReason);
        Assert.Equal(3, conversation.Usage!.CompletionTokens);
    }

    [Fact]
    public void A_stream_of_Titan_ends_with_its_metrics()
    {
        var conversation = Stream(
            "/model/amazon.titan/invoke-with-response-stream",
            """{"outputText":"No","index":0,"completionReason":null,"inputTextTokenCount":8}""",
            """{"outputText":"rth","index":0,"totalOutputTextTokenCount":17,"completionReason":"FINISH","inputTextTokenCount":null,"amazon-bedrock-invocationMetrics":{"inputTokenCount":8,"outputTokenCount":17}}"""
        );

        Assert.Equal("North", conversation.Choices[0].Message.Text);
        Assert.Equal("FINISH", conversation.Choices[0].FinishReason);
        Assert.Equal((8, 17), (conversation.Usage!.PromptTokens, conversation.Usage.CompletionTokens));
    }

    [Fact]
    public void Events_of_Sourcegraph_are_text()
    {
        var conversation = Stream(
            "/.api/completions/stream",
            """{"deltaText":"Hel"}""",
            """{"deltaText":"lo","stopReason":"end_turn"}"""
        );

        Assert.Equal("Hello", conversation.Choices[0].Message.Text);
        Assert.Equal("end_turn", conversation.Choices[0].FinishReason);
    }

    [Fact]
    public void A_chunk_that_has_its_text_twice_says_it_once()
    {
        var conversation = Stream(
            "/v1/chat/completions",
            """{"object":"chat.completion.chunk","choices":[{"index":0,"text":"1,","delta":{"content":"1,"}}]}""",
            """{"object":"chat.completion.chunk","choices":[{"index":0,"text":" 2","delta":{"content":" 2"},"finish_reason":"stop"}],"x_groq":{"usage":{"prompt_tokens":12,"completion_tokens":24}}}"""
        );

        Assert.Equal("1, 2", conversation.Choices[0].Message.Text);
        Assert.Equal(24, conversation.Usage!.CompletionTokens);
    }

    [Fact]
    public void Text_beside_thoughts_goes_on_in_a_plain_string()
    {
        var conversation = Stream(
            "/v1/chat/completions",
            """{"choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"1"}]}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"44"},"finish_reason":"stop"}]}"""
        );

        Assert.Equal("144", conversation.Choices[0].Message.Text);
        Assert.Equal("Hm.", conversation.Choices[0].Message.Reasoning);
    }

    [Fact]
    public void A_streamed_call_without_arguments_has_an_empty_object()
    {
        var anthropic = Stream(
            "/v1/messages",
            """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"ping","input":{}}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":""}}"""
        );
        var converse = Stream(
            "/model/m/converse-stream",
            """{"contentBlockStart":{"contentBlockIndex":0,"start":{"toolUse":{"toolUseId":"t","name":"ping"}}}}""",
            """{"messageStop":{"stopReason":"tool_use"}}"""
        );

        Assert.Equal(new ToolCall("t", "ping", "{}"), Assert.Single(anthropic.Choices[0].Message.ToolCalls));
        Assert.Equal(new ToolCall("t", "ping", "{}"), Assert.Single(converse.Choices[0].Message.ToolCalls));
    }

    [Fact]
    public void An_embedding_of_Ollama_counts_its_tokens()
    {
        const string body = """{"model":"m","embeddings":[[0.5,1]],"total_duration":7,"prompt_eval_count":2}""";

        Assert.Equal(2, Answer("/api/embed", $$"""{"body":{{body}},"is_streaming":false}""").Usage!.PromptTokens);
    }

    private static Conversation Stream(string path, params string[] chunks) =>
        Answer(path, $$"""{"body":[{{string.Join(',', chunks)}}],"is_streaming":true}""");

    private static Conversation Answer(string path, string response) =>
        BuiltMatcher.Cassette("""{"model":"m"}""", path, response: response).Conversation();
}
