namespace OpenAICassette.Tests;

/// <summary>The results of Anthropic's Message Batches API.</summary>
public sealed class AnthropicBatchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_line_is_a_call_with_the_answer_or_with_why_there_is_none()
    {
        var cassette = CassetteStore.Open(
            _folder.Add(
                "results.jsonl",
                """
                {"custom_id":"b","result":{"type":"succeeded","message":{"id":"msg_1","type":"message","role":"assistant","model":"m-b","content":[{"type":"text","text":"Hey"}],"stop_reason":"end_turn","usage":{"input_tokens":11,"output_tokens":3}}}}
                {"custom_id":"a","result":{"type":"errored","error":{"type":"error","error":{"type":"overloaded_error","message":"Too many."}}}}
                {"custom_id":"c","result":{"type":"expired"}}

                """u8
            )
        );
        Assert.Equal("anthropic-batch", cassette.Format);
        Assert.Equal(
            [("POST", "/v1/messages", (int?)200), ("POST", "/v1/messages", 529), ("POST", "/v1/messages", null)],
            cassette.Interactions.Select(each => (each.Method!, each.Endpoint!, each.Response.Status))
        );
        var answer = ConversationAssembler.Assemble(cassette.Interactions[0]);
        Assert.Equal(("Hey", "m-b"), (answer.Choices[0].Message.Text, cassette.Interactions[0].Model));
        Assert.Equal((11, 3), (answer.Usage!.PromptTokens, answer.Usage.CompletionTokens));
        Assert.Equal("Too many.", cassette.Interactions[1].Response.Error!.Message);
        Assert.Contains("expired", cassette.Interactions[2].Response.Error!.Message, StringComparison.Ordinal);
        Assert.True(cassette.Interactions[0].Request.Body.IsEmpty);
    }

    [Fact]
    public void Lines_of_another_kind_with_an_id_of_their_own_are_not_taken_for_it()
    {
        var path = _folder.Add("x.jsonl", """{"custom_id":"a","result":{"score":1}}"""u8);
        Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
    }
}
