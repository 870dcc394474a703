using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>Traces are cleaned of secrets, and a call of one becomes a recording.</summary>
public sealed class TraceEditTests
{
    private static Cassette Open(string trace) =>
        CassetteStore.Open(Encoding.UTF8.GetBytes(trace), CassetteOrigin.OfMemory("trace.json"));

    [Theory]
    [MemberData(nameof(BuiltTraces.All), MemberType = typeof(BuiltTraces))]
    public void Only_the_secret_changes_and_all_ids_stay(string format, string trace)
    {
        var secret = PlantedKey.Of("openai-api-key");
        var said = trace.Contains("Hi", StringComparison.Ordinal) ? "Hi" : "Weather?";
        said = trace.Contains(said, StringComparison.Ordinal) ? said : "Again";
        var planted = trace
            .Replace(said, $"Use {secret}", StringComparison.Ordinal)
            .Replace("t-1", "q8Zt3Lw9Rx2Vb7Nm4Kp6", StringComparison.Ordinal)
            .Replace("talk-1", "Wd5Gh8Jk2Qs7Xc3Vb9Zr", StringComparison.Ordinal);
        Assert.NotEqual(trace, planted);
        var clean = new Redactor().Redact(Open(planted)).Cassette;
        Assert.Equal(
            planted.Replace(secret, "REDACTED_OPENAI_API_KEY_1", StringComparison.Ordinal),
            Encoding.UTF8.GetString(clean.Read().Span)
        );
        Assert.Equal(format, clean.Format);
        Assert.Equal(
            Open(planted).Interactions.Select(call => call.Extension<LoggedCall>()),
            clean.Interactions.Select(call => call.Extension<LoggedCall>())
        );
    }

    [Theory]
    [InlineData("llama-stack")]
    [InlineData("har")]
    public void A_call_becomes_a_recording_and_the_report_says_what_was_assumed(string format)
    {
        var converted = CassetteConverter.Convert(Open(BuiltTraces.OpenInference), format, split: true);
        Assert.Equal(2, converted.Cassettes.Count);
        Assert.Equal(2, converted.Report.Reconstructed);
        Assert.Contains("put together from a log", converted.Report.Assumptions, StringComparison.Ordinal);
        var call = Assert.Single(converted.Cassettes[0].Interactions);
        Assert.False(call.IsReconstructed);
        Assert.StartsWith("https://api.openai.com/v1/", call.Url, StringComparison.Ordinal);
        Assert.Equal("Sunny.", ConversationAssembler.Assemble(call).Choices[0].Message.Text);
        Assert.Equal(200, call.Response.Status ?? 200);
    }

    [Fact]
    public void A_call_that_failed_is_recorded_with_its_status()
    {
        var converted = CassetteConverter.Convert(Open(BuiltTraces.Attributes), "har");
        var failed = converted.Cassettes[0].Interactions[1];
        Assert.Equal(429, failed.Response.Status);
        Assert.Equal("slow down", failed.Response.Error!.Message);
    }

    [Fact]
    public void Deep_and_endless_names_do_no_harm()
    {
        var deep = string.Join('.', Enumerable.Repeat("0", 5000));
        var many = string.Join(
            ',',
            Enumerable
                .Range(0, 2000)
                .Select(at =>
                    JsonSerializer.Serialize(
                        new
                        {
                            key = $"llm.input_messages.{at}{at}{at}{at}.message.role",
                            value = new { stringValue = "user" },
                        }
                    )
                )
        );
        var trace = $$$"""
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"t","spanId":"s","attributes":[{"key":"openinference.span.kind","value":{"stringValue":"LLM"}},{{{many}}},
            {"key":"llm.input_messages.{{{deep}}}","value":{"intValue":"99999999999999999999999"}},{"key":"llm.token_count.prompt","value":{"doubleValue":1e308}}],"startTimeUnixNano":"99999999999999999999999999999999","endTimeUnixNano":-5}]}]}]}
            """;
        var call = Assert.Single(Open(trace).Interactions);
        Assert.Single(ConversationAssembler.Assemble(call).Choices);
        Assert.Null(call.StartedAt);
        Assert.Null(InteractionFacts.Read(call).Usage);
    }
}
