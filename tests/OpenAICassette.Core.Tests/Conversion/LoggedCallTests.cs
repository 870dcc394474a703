using System.Text;

namespace OpenAICassette.Tests;

/// <summary>A call in the log of an agent becomes a cassette that replays.</summary>
public sealed class LoggedCallTests
{
    public static TheoryData<string, int, string, string> Calls =>
        new()
        {
            { ClaudeCodeTests.Branches().ToString(), 2, "https://api.anthropic.com/v1/messages", "Two" },
            { CodexTests.Session, 1, "https://api.openai.com/v1/responses", "a.txt" },
            {
                BuiltLogs.GeminiCli,
                3,
                "https://generativelanguage.googleapis.com/v1beta/models/gemini-x:generateContent",
                "Good"
            },
        };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task One_call_is_written_and_answers_the_same_request(string log, int index, string url, string said)
    {
        var session = CassetteStore.Open(Encoding.UTF8.GetBytes(log), CassetteOrigin.OfMemory("log.jsonl"));
        foreach (var format in new[] { "LlamaStack", "Har" })
        {
            var converted = CassetteConverter.Convert(session.Only(index), format);
            Assert.Contains(
                "put together from a log or trace (1 interaction)",
                converted.Report.Assumptions,
                StringComparison.Ordinal
            );
            var cassette = Assert.Single(converted.Cassettes);
            var call = Assert.Single(cassette.Interactions);

            // The recorder of Llama Stack puts the endpoint after the base URL, which may have a version too.
            Assert.Equal(url, call.Url!.Replace("/v1/v1/", "/v1/", StringComparison.Ordinal));
            Assert.False(call.IsReconstructed);
            Assert.Equal(said, ConversationAssembler.Assemble(call).Said());

            using var client = new HttpClient(new CassetteMessageHandler([cassette]));
            using var content = new ByteArrayContent(session.InteractionAt(index).Request.Body.Bytes.ToArray());
            content.Headers.ContentType = new("application/json");
            using var answer = await client.PostAsync(new Uri(url), content);
            Assert.True(answer.IsSuccessStatusCode);
            Assert.Contains(said, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_conversion_of_recorded_calls_assumes_nothing() =>
        Assert.Null(CassetteConverter.Convert(CassetteStore.Open(Repository.Capitals), "har").Report.Assumptions);
}
