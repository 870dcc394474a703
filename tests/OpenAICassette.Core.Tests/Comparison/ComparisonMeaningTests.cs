namespace OpenAICassette.Tests;

/// <summary>What the differences of a call mean, in one line.</summary>
public class ComparisonMeaningTests
{
    private const string Usage = """{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30}""";

    [Theory]
    [InlineData("The sky is blue today.", "The sky is grey today.", "answer reworded")]
    [InlineData("The sky is blue today.", "Nothing in common here", "answer replaced")]
    public void An_answer_is_reworded_or_replaced(string before, string after, string expected) =>
        Assert.Equal(expected, Meaning(Said(before), Said(after)));

    [Fact]
    public void A_tool_is_called_with_other_arguments_and_more_tokens_are_used() =>
        Assert.Equal(
            "tool get_weather now called with unit=celsius; +38 output tokens",
            Meaning(
                Called("get_weather", """{"city":"Oslo"}""", Usage),
                Called(
                    "get_weather",
                    """{"city":"Oslo","unit":"celsius"}""",
                    """{"prompt_tokens":10,"completion_tokens":58,"total_tokens":68}"""
                )
            )
        );

    [Fact]
    public void Another_tool_is_called() =>
        Assert.Equal("tool b called instead of a", Meaning(Called("a", "{}"), Called("b", "{}")));

    [Fact]
    public void A_tool_is_called_or_no_longer_called()
    {
        Assert.Equal("answer no longer has text; tool a now called", Meaning(Said("Hi"), Called("a", "{}")));
        Assert.Equal("answer now has text; tool a no longer called", Meaning(Called("a", "{}"), Said("Hi")));
    }

    [Fact]
    public void A_call_that_fails_says_so_first() =>
        Assert.StartsWith(
            "now fails with 429 slow_down: Wait.;",
            Meaning(Said("Hi"), (429, """{"error":{"message":"Wait.","type":"slow_down"}}""", "{}")),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"Why is it so?"}]}""", "question reworded")]
    [InlineData(
        """{"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"Why is it?"}]}""",
        "instructions added"
    )]
    [InlineData("""{"messages":[{"role":"user","content":"Why is it?"}],"temperature":1}""", "temperature now 1")]
    [InlineData(
        """
            {"messages":[{"role":"user","content":"Why is it?"}],
            "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]}
            """,
        "tool f offered"
    )]
    public void A_change_of_the_request_is_named(string request, string expected)
    {
        var answer = Said("Hi");
        answer.Request = """{"messages":[{"role":"user","content":"Why is it?"}]}""";
        Assert.Equal(expected, Meaning(answer, answer with { Request = request }));
    }

    [Fact]
    public void Many_changes_are_counted()
    {
        var before = Said("Hi");
        before.Request = """{"messages":[],"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1}""";
        Assert.Equal(
            "a 1 → 2; b 1 → 2; c 1 → 2; d 1 → 2; e 1 → 2; and 2 more",
            Meaning(before, before with { Request = before.Request.Replace(":1", ":2", StringComparison.Ordinal) })
        );
    }

    [Fact]
    public void Of_a_call_that_was_added_or_removed_or_is_the_same_it_is_the_status()
    {
        var some = BuiltCassette.Of(new { body = 1 }).Interactions[0];
        Assert.Equal("added", new CassetteComparison(null, some, []).Summary);
        Assert.Equal("removed", new CassetteComparison(some, null, []).Summary);
        Assert.Equal("same", CassetteComparer.Compare(some, some).Summary);
    }

    private static Recorded Said(string text) =>
        (200, $$$"""{"choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}"}}]}""", "{}");

    private static Recorded Called(string name, string arguments, string usage = "null") =>
        (
            200,
            $$"""
            {"choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"1",
            "type":"function","function":{"name":"{{name}}","arguments":{{Quoted(
                arguments
            )}}} }]} }],"usage":{{usage}} }
            """,
            "{}"
        );

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string Meaning(Recorded before, Recorded after) =>
        CassetteComparer.Compare(before.Interaction(), after.Interaction()).Summary;

    private record struct Recorded(int Status, string Body, string Request)
    {
        public static implicit operator Recorded((int Status, string Body, string Request) call) =>
            new(call.Status, call.Body, call.Request);

        public readonly Interaction Interaction() =>
            BuiltCassette
                .Open(
                    $$"""
                    {"request":{"method":"POST","url":"https://api.example.com/v1/chat/completions","headers":{},
                    "body":{{Request}} },"response":{"status":{{Status}},"is_streaming":false,"body":{{Body}} } }
                    """
                )
                .Interactions[0];
    }
}
