using System.Text;

namespace OpenAICassette.Tests;

/// <summary>What is told of streams and tool calls in the files of other recorders.</summary>
public class ExchangeStreamHealthTests
{
    private const string Messages = "https://api.anthropic.com/v1/messages";
    private const string Responses = "https://api.openai.com/v1/responses";
    private const string Gemini = "https://generativelanguage.googleapis.com/v1beta/models/m:streamGenerateContent";
    private const string Cohere = "https://api.cohere.com/v2/chat";

    /// <summary>Streams whose last frame is the end; without it they are cut.</summary>
    public static TheoryData<string, string, string[]> Streams =>
        new()
        {
            {
                BuiltExchange.Chat,
                "a finish reason or [DONE]",
                [
                    """{"choices":[{"index":0,"delta":{"content":"H"}}]}""",
                    """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
                ]
            },
            {
                Messages,
                "message_stop",
                [
                    """{"type":"message_start","message":{"role":"assistant","content":[]}}""",
                    """{"type":"message_stop"}""",
                ]
            },
            {
                Responses,
                "response.completed",
                [
                    """{"type":"response.created","response":{}}""",
                    """{"type":"response.completed","response":{"status":"completed"}}""",
                ]
            },
            {
                Gemini,
                "a finish reason",
                [
                    """{"candidates":[{"content":{"parts":[{"text":"H"}]}}]}""",
                    """{"candidates":[{"content":{"parts":[{"text":"i"}]},"finishReason":"STOP"}]}""",
                ]
            },
            {
                Cohere,
                "message-end",
                [
                    """{"type":"message-start","delta":{"message":{"role":"assistant"}}}""",
                    """{"type":"message-end","delta":{"finish_reason":"COMPLETE"}}""",
                ]
            },
        };

    [Theory]
    [MemberData(nameof(Streams))]
    public void A_stream_that_stops_before_its_end_is_told(string url, string expected, string[] frames)
    {
        Assert.Empty(BuiltExchange.Check(Stream(url, frames)));
        var finding = Assert.Single(BuiltExchange.Check(Stream(url, frames[..^1])));
        Assert.Equal(
            (HealthId.StreamEnd, HealthSeverity.Warning, $"the stream stops without {expected}"),
            (finding.Id, finding.Severity, finding.Message)
        );
    }

    [Theory]
    [InlineData("""{"model":"m","done":false,"message":{"role":"assistant","content":"H"}}""", true)]
    [InlineData("""{"model":"m","done":true,"message":{"role":"assistant","content":""}}""", false)]
    public void A_stream_of_lines_ends_with_done(string last, bool isCut)
    {
        var lines =
            $"{{\"model\":\"m\",\"done\":false,\"message\":{{\"role\":\"assistant\",\"content\":\"\"}}}}\n{last}\n";
        var findings = BuiltExchange.Check(
            new BuiltExchange
            {
                Url = "http://localhost:11434/api/chat",
                Type = "application/x-ndjson",
                Answer = lines,
            }
        );
        Assert.Equal(isCut ? [HealthId.StreamEnd] : [], findings.Select(finding => finding.Id));
    }

    [Fact]
    public void A_stream_that_ends_with_an_error_is_recorded_to_its_end() =>
        Assert.Empty(
            BuiltExchange.Check(
                Stream(
                    Messages,
                    """{"type":"message_start","message":{"role":"assistant","content":[]}}""",
                    """{"type":"error","error":{"type":"overloaded_error"}}"""
                )
            )
        );

    [Fact]
    public void A_finish_reason_that_is_only_repeated_is_not_mentioned()
    {
        var end = """{"choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}]}""";
        Assert.Empty(BuiltExchange.Check(Stream(BuiltExchange.Chat, end, end)));
        var other = """{"choices":[{"index":0,"delta":{"content":""},"finish_reason":"length"}]}""";
        var finding = Assert.Single(BuiltExchange.Check(Stream(BuiltExchange.Chat, end, other)));
        Assert.Equal(HealthId.FinishReasonRepeated, finding.Id);
    }

    [Theory]
    [InlineData("tool_calls", true)]
    [InlineData("length", false)]
    public void Arguments_that_are_not_JSON_are_told_unless_the_limit_of_tokens_cut_them(string reason, bool isTold)
    {
        var findings = BuiltExchange.Check(
            new BuiltExchange
            {
                Answer = $$$"""
                {"choices":[{"index":0,"finish_reason":"{{{reason}}}","message":{"tool_calls":[
                {"id":"c","function":{"name":"f","arguments":"{\"a\":"}}]}}]}
                """,
            }
        );
        Assert.Equal(isTold ? [HealthId.ToolArguments] : [], findings.Select(finding => finding.Id));
    }

    [Theory]
    [InlineData(
        BuiltExchange.Chat,
        """{"choices":[{"index":0,"finish_reason":"tool_calls","message":{"tool_calls":[{"id":"c","type":"custom","custom":{"name":"f","input":"print(1)"}}]}}]}"""
    )]
    [InlineData(
        Responses,
        """{"object":"response","status":"completed","output":[{"type":"custom_tool_call","call_id":"c","name":"f","input":"print(1)"}]}"""
    )]
    public void The_input_of_a_custom_tool_is_any_text(string url, string answer) =>
        Assert.Empty(BuiltExchange.Check(new BuiltExchange { Url = url, Answer = answer }));

    [Theory]
    [InlineData("""{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}""", false)]
    [InlineData(
        """{"prompt_tokens":5,"completion_tokens":2,"total_tokens":9,"completion_tokens_details":{"reasoning_tokens":2}}""",
        false
    )]
    [InlineData("""{"prompt_tokens":5,"completion_tokens":2,"total_tokens":9}""", true)]
    public void Tokens_of_thoughts_may_be_counted_beside_the_completion(string usage, bool isTold)
    {
        var findings = BuiltExchange.Check(
            new BuiltExchange
            {
                Answer =
                    """{"choices":[{"index":0,"message":{"content":"x"},"finish_reason":"stop"}],"usage":"""
                    + usage
                    + "}",
            }
        );
        Assert.Equal(isTold ? [HealthId.UsageTotal] : [], findings.Select(finding => finding.Id));
    }

    private static BuiltExchange Stream(string url, params string[] frames)
    {
        var body = new StringBuilder();
        foreach (var frame in frames)
        {
            body.Append("data: ").Append(frame).Append("\n\n");
        }

        return new BuiltExchange
        {
            Url = url,
            Type = "text/event-stream",
            Answer = body.ToString(),
        };
    }
}
