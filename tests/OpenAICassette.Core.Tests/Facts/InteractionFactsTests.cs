namespace OpenAICassette.Tests;

public sealed class InteractionFactsTests
{
    private const string Times = """
        ,"openai_cassette":{"recorded_at":"2026-11-01T10:00:00.250Z","ordinal":1,"status":200,"chunk_offsets_ms":[120.5,180,400.25]}
        """;

    [Fact]
    public void A_stream_with_times_has_all_of_them()
    {
        var facts = Read(
            """
            {"messages":[{"role":"system","content":"s"},{"role":"user","content":"Weather?"}],"model":"gpt-4o",
            "tools":[{"type":"function","function":{"name":"weather"}},{"type":"function","function":{"name":"time"}}]}
            """,
            """
            [{"id":"x","model":"gpt-4o-2024","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"weather","arguments":"{"}}]}}]},
            {"id":"x","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"}"}}]},"finish_reason":"tool_calls"}]},
            {"id":"x","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":2}}}]
            """,
            isStreaming: true,
            Times
        );

        Assert.Equal("openai-chat", facts.Api);
        Assert.Equal("api.openai.com", facts.Host);
        Assert.Equal("gpt-4o-2024", facts.AnsweredModel);
        Assert.Equal(200, facts.Status);
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 10, 0, 0, 250, TimeSpan.Zero), facts.StartedAt);
        Assert.Equal(TimeSpan.FromMilliseconds(400.25), facts.Duration);
        Assert.Equal(TimeSpan.FromMilliseconds(120.5), facts.TimeToFirstFrame);
        Assert.Equal((7L, 3L, 2L), (facts.Usage!.PromptTokens, facts.Usage.CompletionTokens, facts.Usage.CachedTokens));
        Assert.Equal(["tool_calls"], facts.FinishReasons);
        Assert.Equal(["weather", "time"], facts.ToolsOffered);
        Assert.Equal(["weather"], facts.ToolsCalled);
        Assert.Equal(2, facts.MessageCount);
        Assert.Null(facts.ErrorKind);
    }

    [Fact]
    public void What_was_not_recorded_is_null()
    {
        var facts = Read("""{"messages":[],"model":"m"}""", """{"choices":[]}""");

        Assert.Null(facts.Status);
        Assert.Null(facts.StartedAt);
        Assert.Null(facts.Duration);
        Assert.Null(facts.Usage);
        Assert.Null(facts.ConversationId);
        Assert.Empty(facts.FinishReasons);
    }

    [Fact]
    public void Requests_that_continue_one_another_have_their_beginning_in_common()
    {
        const string first = """{"role":"user","content":"Hello?"}""";
        var one = Read($$"""{"messages":[{{first}}]}""", """{"choices":[]}""");
        var next = Read(
            $$"""{"messages":[{{first}},{"role":"assistant","content":"Hi"},{"role":"user","content":"And?"}]}""",
            """{"choices":[]}"""
        );
        var other = Read("""{"messages":[{"role":"user","content":"Goodbye?"}]}""", """{"choices":[]}""");

        Assert.Equal(one.ConversationId, next.ConversationId);
        Assert.NotEqual(one.ConversationId, other.ConversationId);
        Assert.NotEqual(one.RequestHash, next.RequestHash);
        Assert.Equal(one.RequestHash, Read($$"""{"messages":[{{first}}]}""", """{"choices":[]}""").RequestHash);
    }

    [Theory]
    [InlineData("STOP", "stop")]
    [InlineData("end_turn", "stop")]
    [InlineData("MAX_TOKENS", "length")]
    [InlineData("tool_use", "tool_calls")]
    [InlineData("SAFETY", "content_filter")]
    [InlineData("something new", "other")]
    public void Finish_reasons_are_in_common_words(string recorded, string common)
    {
        var facts = Read(
            "{}",
            $$"""{"choices":[{"index":0,"message":{"content":"a"},"finish_reason":"{{recorded}}"}]}"""
        );

        Assert.Equal([common], facts.FinishReasons);
        Assert.Equal([recorded], facts.RawFinishReasons);
    }

    private static InteractionFacts Read(string body, string response, bool isStreaming = false, string more = "")
    {
        var text = $$"""
            {"request":{"method":"POST","url":"https://api.openai.com/v1/chat/completions","endpoint":"/v1/chat/completions","body":{{body}}},
            "response":{"body":{{response}},"is_streaming":{{(isStreaming ? "true" : "false")}}}{{more}}}
            """;
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return InteractionFacts.Read(CassetteStore.Open(stream, "built.json").Interactions[0]);
    }
}
