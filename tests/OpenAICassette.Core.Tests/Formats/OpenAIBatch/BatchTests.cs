namespace OpenAICassette.Tests;

/// <summary>The output of OpenAI's Batch API, with its input beside it and without.</summary>
public sealed class BatchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("batch_1_output.jsonl", "batch_1_input.jsonl")]
    [InlineData("output.jsonl", "requests.jsonl")]
    [InlineData("nightly-results.jsonl", "nightly.jsonl")]
    public void Each_line_has_the_request_with_its_id(string output, string input)
    {
        AddInput(input);
        var interactions = CassetteStore.Open(AddOutput(output)).Interactions;
        Assert.Equal(
            [("POST", "/v1/chat/completions", "m-b", 200), ("POST", "/v1/chat/completions", "m-a", 400)],
            interactions.Select(each => (each.Method!, each.Url!, each.Model!, each.Response.Status!.Value))
        );
        Assert.Equal("Hey", ConversationAssembler.Assemble(interactions[0]).Choices[0].Message.Text);
        Assert.Equal("B?", ConversationAssembler.Assemble(interactions[0]).Messages[0].Text);
        Assert.Equal("No.", interactions[1].Response.Error!.Message);
    }

    [Fact]
    public void Without_its_input_the_answer_names_the_operation()
    {
        var cassette = CassetteStore.Open(AddOutput("batch_output.jsonl"));
        Assert.Equal("openai-batch", cassette.Format);
        var interaction = cassette.Interactions[0];
        Assert.Equal(("/v1/chat/completions", "m-b-2026"), (interaction.Endpoint, interaction.Model));
        Assert.True(interaction.Request.Body.IsEmpty);
    }

    [Fact]
    public void A_line_without_a_response_failed()
    {
        var path = _folder.Add(
            "x_errors.jsonl",
            """{"id":"b1","custom_id":"a","response":null,"error":{"code":"batch_expired","message":"Too late."}}"""u8
        );
        var interaction = Assert.Single(CassetteStore.Open(path).Interactions);
        Assert.True(interaction.HasError);
        Assert.Equal("Too late.", interaction.Response.Error!.Message);
    }

    [Fact]
    public void An_input_is_no_cassette_and_is_passed_over_beside_its_output()
    {
        var input = AddInput("batch_input.jsonl");
        AddOutput("batch_output.jsonl");
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Open(input));
        Assert.Contains("requests of an OpenAI batch without their responses", error.Message, StringComparison.Ordinal);
        var loads = CassetteStore.Load(CassetteStore.Find(_folder.FullName, recurse: true)).ToList();
        Assert.Equal([false, true], loads.Select(load => load.Cassette is not null));
    }

    [Fact]
    public void A_line_that_is_cut_off_names_the_line()
    {
        var path = AddOutput("output.jsonl");
        File.AppendAllText(path, "{\"custom_id\":\"c\",\"resp");
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
        Assert.Equal(CassetteError.CassetteInvalidJson, error.Error);
        Assert.Contains("not JSON in line 3", error.Message, StringComparison.Ordinal);
    }

    private string AddInput(string name) =>
        _folder.Add(
            name,
            """
            {"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"m-a","messages":[{"role":"user","content":"A?"}]}}
            {"custom_id":"b","method":"POST","url":"/v1/chat/completions","body":{"model":"m-b","messages":[{"role":"user","content":"B?"}]}}
            """u8
        );

    private string AddOutput(string name) =>
        _folder.Add(
            name,
            """
            {"id":"b1","custom_id":"b","response":{"status_code":200,"request_id":"r1","body":{"object":"chat.completion","model":"m-b-2026","choices":[{"index":0,"message":{"role":"assistant","content":"Hey"},"finish_reason":"stop"}]}},"error":null}
            {"id":"b2","custom_id":"a","response":{"status_code":400,"request_id":"r2","body":{"error":{"message":"No.","type":"invalid_request_error"}}},"error":null}

            """u8
        );
}
