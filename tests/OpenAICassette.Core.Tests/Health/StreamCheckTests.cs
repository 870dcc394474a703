using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>What is told of a response that does not add up.</summary>
public sealed class StreamCheckTests : IDisposable
{
    private const string Hello = """{"content":"Hi"}""";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_stream_without_a_finish_reason_is_told() =>
        AssertOnly(
            recording => recording.SetChunks(BuiltRecording.Chunk(Hello)),
            HealthId.FinishReasonMissing,
            HealthSeverity.Warning,
            "/response/body",
            "the stream has no finish reason for answer 0"
        );

    [Fact]
    public void An_answer_without_a_finish_reason_is_told_though_another_answer_has_one()
    {
        var finding = Assert.Single(
            Findings(recording =>
                recording.SetChunks(
                    BuiltRecording.Chunk(Hello),
                    BuiltRecording.Chunk(Hello, choice: 1),
                    BuiltRecording.Chunk("{}", "stop")
                )
            )
        );
        Assert.Equal((HealthId.FinishReasonMissing, HealthSeverity.Warning), (finding.Id, finding.Severity));
    }

    [Fact]
    public void A_stream_with_two_finish_reasons_for_an_answer_is_told() =>
        AssertOnly(
            recording =>
                recording.SetChunks(
                    BuiltRecording.Chunk(Hello, "stop"),
                    BuiltRecording.Chunk(Hello, choice: 1),
                    BuiltRecording.Chunk("{}", "length", 1),
                    BuiltRecording.Chunk("{}", "stop", 1)
                ),
            HealthId.FinishReasonRepeated,
            HealthSeverity.Warning,
            "/response/body",
            "the stream has 2 finish reasons for answer 1"
        );

    [Fact]
    public void One_finish_reason_for_each_of_two_answers_is_as_it_should_be() =>
        Assert.Empty(
            Findings(recording =>
                recording.SetChunks(BuiltRecording.Chunk(Hello, "stop"), BuiltRecording.Chunk(Hello, "stop", 1))
            )
        );

    [Theory]
    [InlineData("""{"a\":""")]
    [InlineData("""{\"a\": 1} {""")]
    [InlineData("NaN")]
    [InlineData(" ")]
    public void Arguments_that_are_not_JSON_once_put_together_are_told_with_the_tool(string arguments) =>
        AssertOnly(
            recording =>
                recording.SetChunks(
                    Call("get_weather", "{\\\"ok\\\": 1}", 1),
                    Call("get_news", arguments.Replace("{\"", "{\\\"", StringComparison.Ordinal), 0),
                    BuiltRecording.Chunk("{}", "tool_calls")
                ),
            HealthId.ToolArguments,
            HealthSeverity.Error,
            "/response/body",
            "the arguments of the call of 'get_news' are not JSON"
        );

    [Fact]
    public void A_call_without_arguments_is_as_it_should_be() =>
        Assert.Empty(
            Findings(recording => recording.SetChunks(Call("f", "", 0), BuiltRecording.Chunk("{}", "tool_calls")))
        );

    [Fact]
    public void Arguments_are_also_looked_at_where_the_response_is_no_stream() =>
        AssertOnly(
            recording =>
                NoStream(
                    recording,
                    """{"choices":[{"index":0,"finish_reason":"tool_calls","message":{"tool_calls":[{"id":"c","function":{"name":"f","arguments":"{"}}]}}]}"""
                ),
            HealthId.ToolArguments,
            HealthSeverity.Error,
            "/response/body",
            "the arguments of the call of 'f' are not JSON"
        );

    [Fact]
    public void A_request_for_a_stream_with_a_response_that_is_none_is_told() =>
        AssertOnly(
            recording =>
            {
                NoStream(recording, """{"choices":[]}""");
                recording["request"]!["body"]!["stream"] = true;
            },
            HealthId.Streaming,
            HealthSeverity.Warning,
            "/response/is_streaming",
            "the request asks for a stream, but the response is not one"
        );

    [Fact]
    public void A_stream_that_was_not_asked_for_is_told() =>
        AssertOnly(
            recording => recording["request"]!["body"]!["stream"] = false,
            HealthId.Streaming,
            HealthSeverity.Warning,
            "/response/is_streaming",
            "the request does not ask for a stream, but the response is one"
        );

    [Fact]
    public void A_call_that_failed_before_or_in_its_stream_is_as_it_should_be()
    {
        Assert.Empty(
            Findings(recording =>
            {
                recording["response"] = JsonNode.Parse(
                    """{"body":null,"is_streaming":false,"is_exception":true,"exception_data":{"category":"builtin","message":"m"},"exception_message":"m"}"""
                );
            })
        );
        Assert.Empty(
            Findings(recording =>
            {
                recording.SetChunks(BuiltRecording.Chunk(Hello));
                recording["response"]!["is_exception"] = true;
            })
        );
    }

    [Theory]
    [InlineData("""{"prompt_tokens":3,"completion_tokens":2,"total_tokens":6}""", 5, 6)]
    [InlineData("""{"prompt_tokens":3,"total_tokens":4}""", 3, 4)]
    public void Tokens_that_do_not_add_up_are_told(string usage, int sum, int reported) =>
        AssertOnly(
            recording => recording.SetChunks(BuiltRecording.Chunk(Hello, "stop", usage: usage)),
            HealthId.UsageTotal,
            HealthSeverity.Warning,
            "/response/body",
            $"the usage adds up to {sum} tokens, but {reported} are reported"
        );

    [Theory]
    [InlineData("""{"prompt_tokens":3,"completion_tokens":2}""")]
    [InlineData("""{"prompt_tokens":3,"total_tokens":3}""")]
    [InlineData("""{"prompt_tokens":null,"completion_tokens":2,"total_tokens":9}""")]
    [InlineData("null")]
    public void Tokens_that_cannot_be_added_up_or_do_add_up_are_as_they_should_be(string usage) =>
        Assert.Empty(Findings(recording => recording.SetChunks(BuiltRecording.Chunk(Hello, "stop", usage: usage))));

    private static JsonNode Call(string name, string arguments, int index) =>
        BuiltRecording.Chunk(
            $$$"""{"tool_calls":[{"index":{{{index}}},"id":"c{{{index}}}","function":{"arguments":"{{{arguments}}}","name":"{{{name}}}"},"type":"function"}]}"""
        );

    private static void NoStream(JsonObject recording, string body)
    {
        recording["response"] = new JsonObject { ["body"] = JsonNode.Parse(body), ["is_streaming"] = false };
        recording["request"]!["body"]!["stream"] = false;
    }

    private IReadOnlyList<HealthFinding> Findings(Action<JsonObject> edit) =>
        BuiltRecording.Findings(BuiltRecording.Add(_folder, edit));

    private void AssertOnly(Action<JsonObject> edit, string id, HealthSeverity severity, string pointer, string message)
    {
        var finding = Assert.Single(Findings(edit));
        Assert.Equal(
            (id, severity, pointer, message, null),
            (finding.Id, finding.Severity, finding.Pointer, finding.Message, finding.Mend)
        );
    }
}
