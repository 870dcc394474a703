using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>nock itself answers from the files that are written for it.</summary>
public sealed class NockTests : IDisposable
{
    private const string Url = "https://api.openai.com/v1/chat/completions?api-version=1";

    private const string Stream =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hé\"}}]}\n\ndata: [DONE]\n\n";

    private static readonly string[] s_models = ["a", "b", "c"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NodeFact]
    public async Task Calls_streams_and_errors_are_answered_as_they_were_recorded()
    {
        var interactions = string.Join(
            ',',
            Interaction("a", 200, "application/json", "{\"choices\":[]}"),
            Interaction("b", 200, "text/event-stream", Stream),
            Interaction("c", 429, "application/json", "{\"error\":{\"message\":\"busy\"}}")
        );
        var file = _folder.Add(
            "a.json",
            Encoding.UTF8.GetBytes($"{{\"interactions\":[{interactions}],\"version\":1}}")
        );
        var written = Assert.Single(CassetteConverter.Convert(CassetteStore.Open(file), "nock").Cassettes);
        Assert.Equal(("nock", 3), (written.Format, written.Interactions.Count));
        CassetteStore.Save(written, _folder["nock.json"]);

        var answers = await NodeClients.AskNockAsync(
            _folder["nock.json"],
            s_models.Select(model => (Url, JsonSerializer.Deserialize<JsonElement>(Asked(model))))
        );
        Assert.Equal(
            [
                (200, "application/json", "{\"choices\":[]}"),
                (200, "text/event-stream", Stream),
                (429, "application/json", "{\"error\":{\"message\":\"busy\"}}"),
            ],
            answers.Select(answer =>
                (
                    answer.GetProperty("status").GetInt32(),
                    answer.GetProperty("type").GetString()!,
                    answer.GetProperty("text").GetString()!
                )
            )
        );
    }

    [Fact]
    public void What_does_not_say_its_host_cannot_be_written_for_it()
    {
        var cassette = CassetteStore.Open(_folder.Add("a.sse", Encoding.UTF8.GetBytes(Stream)));
        var error = Assert.Throws<CassetteException>(() => CassetteConverter.Convert(cassette, "nock"));
        Assert.Contains("a.sse: not written: nock needs the host", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_of_a_stream_is_written_alone()
    {
        var interactions =
            Interaction("a", 200, "application/json", "{\"choices\":[]}")
            + ","
            + Interaction("b", 200, "text/event-stream", Stream);
        var file = _folder.Add(
            "a.json",
            Encoding.UTF8.GetBytes($"{{\"interactions\":[{interactions}],\"version\":1}}")
        );
        var written = CassetteConverter.Convert(CassetteStore.Open(file), "bare-answer");
        Assert.Equal(["a-0.json", "a-1.sse"], written.Cassettes.Select(each => each.RelativePath));
        Assert.Equal(Stream, Encoding.UTF8.GetString(written.Cassettes[1].Read().Span));
        Assert.Contains("requests (2 interactions)", written.Report.ToString(), StringComparison.Ordinal);
    }

    private static string Asked(string model) =>
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":"Hi"}]}""";

    private static string Interaction(string model, int status, string type, string body) =>
        JsonSerializer.Serialize(
            new
            {
                request = new
                {
                    method = "POST",
                    uri = Url,
                    headers = new { },
                    body = Asked(model),
                },
                response = new
                {
                    status = new { code = status, message = "x" },
                    headers = new Dictionary<string, string[]> { ["Content-Type"] = [type] },
                    body = new Dictionary<string, string> { ["string"] = body },
                },
            }
        );
}
