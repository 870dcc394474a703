using OpenAICassette.Conversations;

namespace OpenAICassette.Tests;

/// <summary>Filters on built cassettes, for words that no recording says in such a way.</summary>
public class FilterTests
{
    [Theory]
    [InlineData("strasse")]
    [InlineData("STRASSE, ЖУК, 東京, Ärger 😀!")]
    [InlineData("жук")]
    [InlineData("ÄRGER 😀")]
    [InlineData("東京, ä")]
    public void Words_in_any_script_are_found_over_chunks_in_any_case(string words) =>
        Assert.True(Includes(words, "Stra", "sse, Ж", "ук, \\u6771", "\\u4eac, Ä", "rger \\ud83d", "\\ude00!"));

    [Theory]
    [InlineData("Strasse Жук")]
    [InlineData("x")]
    public void Words_that_are_not_said_are_not_found(string words) =>
        Assert.False(Includes(words, "Stra", "sse, Ж", "ук"));

    [Fact]
    public void Words_are_not_found_in_names_of_members_models_or_tools()
    {
        Assert.False(Includes("content", "a"));
        Assert.False(Includes("some-model", "a"));
        Assert.False(Includes("choices", "a"));
    }

    [Fact]
    public void Words_are_found_in_questions_refusals_and_reasoning()
    {
        var cassette = BuiltCassette.Of(
            new
            {
                body = new
                {
                    choices = new[]
                    {
                        new { index = 0, message = new { refusal = "I must Refuse", reasoning_content = "I Think" } },
                    },
                },
                is_streaming = false,
            },
            new
            {
                messages = new object[]
                {
                    new { role = "user", content = new[] { new { type = "text", text = "the Question" } } },
                },
            }
        );
        Assert.All(["REFUSE", "think", "question"], words =>
            Assert.True(new CassetteFilter { Text = words }.Includes(cassette), words)
        );
        Assert.False(new CassetteFilter { Text = "thinkI" }.Includes(cassette));
    }

    [Theory]
    [InlineData("""{"tool_calls":[{"function":{"name":"f","arguments":""}}]}""", true)]
    [InlineData("""{"tool_calls":[{"function":{"name":"f"}}]}""", true)]
    [InlineData("""{"function_call":{"name":"f"}}""", true)]
    [InlineData("""{"tool_calls":[]}""", false)]
    [InlineData("""{"content":"arguments of tool_use"}""", false)]
    public void A_response_calls_a_tool_when_it_names_one(string message, bool calls)
    {
        var cassette = BuiltCassette.OfStream($$"""{"choices":[{"index":0,"delta":{{message}}}]}""");
        Assert.Equal(calls, new CassetteFilter { HasToolCall = true }.Includes(cassette));
        Assert.Equal(!calls, new CassetteFilter { HasToolCall = false }.Includes(cassette));
    }

    private static bool Includes(string words, params string[] pieces)
    {
        var chunks = pieces.Select(piece =>
            $$$"""{"choices":[{"index":0,"delta":{"content":"{{{piece}}}"}}],"model":"some-model"}"""
        );
        var cassette = BuiltCassette.Open(
            $$"""{"request":{"url":"https://h/v1/chat/completions"},"response":{"body":[{{string.Join(",", chunks)}}],"is_streaming":true} }"""
        );
        return new CassetteFilter { Text = words }.Includes(cassette);
    }
}
