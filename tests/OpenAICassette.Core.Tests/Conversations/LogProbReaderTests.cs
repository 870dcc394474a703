using System.Text;
using OpenAICassette.Apis;
using OpenAICassette.Apis.OpenAI;

namespace OpenAICassette.Tests;

/// <summary>Log probabilities of every API that gives them, and what is none.</summary>
public class LogProbReaderTests
{
    [Fact]
    public void A_chat_has_them_for_each_choice_with_their_alternatives()
    {
        var read = Read(
            """
            {"choices":[{"index":1,"logprobs":{"content":[{"token":"Hi","logprob":-0.5,"top_logprobs":[{"token":"Hi","logprob":-0.5},
            {"token":"Ho","logprob":-2}]}],"refusal":[{"token":"No","logprob":-1e-3,"top_logprobs":[]}]}},{"index":0,"logprobs":null}]}
            """
        );
        var choice = Assert.Single(read);
        Assert.Equal(1, choice.Choice);
        Assert.Equal(["Hi -0.5", "No -0.001"], choice.Tokens.Select(token => token.ToString()));
        Assert.Equal(["Hi -0.5", "Ho -2"], choice.Tokens[0].Alternatives.Select(token => token.ToString()));
        Assert.Empty(choice.Tokens[1].Alternatives);
        Assert.All(choice.Tokens[0].Alternatives, token => Assert.Empty(token.Alternatives));
    }

    [Fact]
    public void A_completion_has_them_in_parallel_lists_of_which_some_may_be_shorter()
    {
        var choice = Assert.Single(
            Read(
                """
                {"choices":[{"text":"a b","logprobs":{"tokens":["a"," b"," c"],"token_logprobs":[null,-0.25],"top_logprobs":[null,{" b":-0.25," d":-3.5}]}}]}
                """
            )
        );
        Assert.Equal(0, choice.Choice);
        Assert.Equal(
            [("a", null), (" b", -0.25), (" c", (double?)null)],
            choice.Tokens.Select(token => (token.Token, token.LogProb))
        );
        Assert.Equal([0, 2, 0], choice.Tokens.Select(token => token.Alternatives.Count));
        Assert.Equal(" d -3.5", choice.Tokens[1].Alternatives[1].ToString());
    }

    [Fact]
    public void A_delta_of_the_Responses_API_has_them_beside_it()
    {
        var choice = Assert.Single(
            Read(
                """{"type":"response.output_text.delta","delta":"Hi","logprobs":[{"token":"Hi","logprob":-1,"top_logprobs":[{"token":"Yo","logprob":-2}]}]}"""
            )
        );
        Assert.Equal(
            ("Hi -1", "Yo -2"),
            (Assert.Single(choice.Tokens).ToString(), Assert.Single(choice.Tokens[0].Alternatives).ToString())
        );
        Assert.Equal(
            """[{"token":"Hi","logprob":-1,"top_logprobs":[{"token":"Yo","logprob":-2}]}]""",
            choice.Source.ToCompactJson()
        );
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("\"-0.5\"")]
    [InlineData("null")]
    [InlineData("[]")]
    public void What_is_no_number_is_none(string number)
    {
        var token = $$"""{"token":"a","logprob":{{number}} }""";
        Assert.Null(
            Assert.Single(Read("{\"choices\":[{\"logprobs\":{\"content\":[" + token + "]}}]}")).Tokens[0].LogProb
        );
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"choices":{}}""")]
    [InlineData("""{"choices":[1,{"logprobs":[]},{"logprobs":{}},{"logprobs":{"content":null,"tokens":[]}}]}""")]
    [InlineData("""{"delta":{"text":"a"},"logprobs":[]}""")]
    [InlineData("""{"delta":"a","logprobs":{}}""")]
    public void What_has_none_has_none(string json) => Assert.Empty(Read(json));

    private static IReadOnlyList<ChoiceLogProbs> Read(string json)
    {
        var value = JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(json));
        Assert.True(value.Exists);
        return LogProbReader.Read(value);
    }
}
