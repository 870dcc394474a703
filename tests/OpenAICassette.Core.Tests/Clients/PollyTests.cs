using System.Text;
using System.Text.Json;
using OpenAICassette.Formats;

namespace OpenAICassette.Tests;

/// <summary>Polly.js itself answers from archives that are written, under its own name.</summary>
public sealed class PollyTests : IDisposable
{
    private const string Url = "https://api.openai.com/v1/chat/completions";
    private const string Stream =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hé\"}}]}\n\ndata: [DONE]\n\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NodeFact]
    public async Task Calls_streams_errors_and_repeated_requests_are_answered_as_they_were_recorded()
    {
        ExchangeDraft[] exchanges =
        [
            Exchange(Url, "a", 200, "application/json", "{\"choices\":[]}"),
            Exchange($"{Url}?b=x%20y&a=%3A", "é", 200, "text/event-stream", Stream),
            Exchange(Url, "a", 429, "application/json", "{\"error\":{\"message\":\"busy\"}}"),
        ];
        var har = CassetteFormats.ByName("har")!;
        var written = ExchangeFile.Append(
            har,
            ExchangeFile.Write(har, exchanges[..2], "a.har"),
            exchanges[2..],
            "a.har"
        );

        // It takes no archive that names another creator, as docs/formats.md says.
        var archive = Encoding
            .UTF8.GetString(written.Span)
            .Replace("OpenAICassette", "Polly.JS", StringComparison.Ordinal);
        var answers = await NodeClients.AskPollyAsync(
            _folder.Add("a.har", Encoding.UTF8.GetBytes(archive)),
            exchanges.Select(each => (each.Url, JsonSerializer.Deserialize<JsonElement>(each.RequestBody.Bytes.Span)))
        );
        Assert.Equal(
            exchanges.Select(each => (each.Status, each.ResponseHeaders["content-type"], each.ResponseBody.Text)),
            answers.Select(answer =>
                (
                    answer.GetProperty("status").GetInt32(),
                    answer.GetProperty("type").GetString(),
                    answer.GetProperty("text").GetString()
                )
            )
        );
    }

    [Fact]
    public void An_entry_has_the_id_of_its_request_and_the_number_of_its_repeat()
    {
        var asked = Exchange("https://h/v1/x?b=2&a=1#f", "m", 200, "application/json", "{}");
        var other = Exchange("https://h/v1/x?a=1&b=2", "m", 200, "application/json", "{}");
        var file = ExchangeFile.Write(CassetteFormats.ByName("har")!, [asked, other], "a.har");
        var entries = JsonDocument.Parse(file).RootElement.GetProperty("log").GetProperty("entries");

        // MD5 of {"body":"{\"model\":\"m\"}","method":"POST","url":"https://h/v1/x?a=1&b=2"}
        Assert.Equal(
            [("f5a392fb4f7f1e845a2ddffb73342b78", 0), ("f5a392fb4f7f1e845a2ddffb73342b78", 1)],
            entries
                .EnumerateArray()
                .Select(entry => (entry.GetProperty("_id").GetString()!, entry.GetProperty("_order").GetInt32()))
        );
    }

    private static ExchangeDraft Exchange(string url, string model, int status, string type, string body) =>
        new()
        {
            Method = "POST",
            Url = url,
            RequestHeaders = new([new HeaderField("Content-Type", "application/json")]),
            RequestBody = Body.FromBytes(Encoding.UTF8.GetBytes($$"""{"model":"{{model}}"}"""), "application/json"),
            Status = status,
            ResponseHeaders = new([new HeaderField("Content-Type", type)]),
            ResponseBody = Body.FromBytes(Encoding.UTF8.GetBytes(body), type),
        };
}
