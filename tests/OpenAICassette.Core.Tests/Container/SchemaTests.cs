using System.Text;
using System.Text.Json;
using OpenAICassette.Http;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>What is recorded is what the schema says.</summary>
public class SchemaTests
{
    private static readonly byte[] s_large = [0, .. new byte[(1 << 20) + 5]];

    [Fact]
    public async Task Every_shape_of_a_recording_fits_the_schema()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                switch (exchange.Path)
                {
                    case "/v1/stream":
                        await BeginEventsAsync(exchange);
                        await SendChunkAsync(exchange, "He");
                        exchange.Close();
                        break;
                    case "/v1/messages":
                        await BeginEventsAsync(exchange);
                        await exchange.WriteAsync("event: ping\ndata: {\"type\": \"ping\"}\n\n"u8.ToArray());
                        await exchange.EndAsync([new("x-checksum", "1")]);
                        break;
                    case "/v1/sound":
                        await exchange.SendAsync(
                            RenderedResponse.Create(200, [], exchange.Body.Length > 99 ? s_large : [0, 1])
                        );
                        break;
                    default:
                        await exchange.SendAsync(
                            JsonAnswer($"{{\n  \"a\": 1\n}}\n", 200, new("x-a", "1"), new("x-a", "2"))
                        );
                        break;
                }
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        await session.AskAsync();
        await session.AskAsync(path: "/v1/moderations");
        await session.AskAsync(path: "/v1/messages");
        await session.AskAsync(path: "/v1/sound");
        await session.AskAsync(new ByteArrayContent(s_large), "/v1/sound");
        await session.AskAsync(
            new StringContent("a=1", Encoding.UTF8, "application/x-www-form-urlencoded"),
            "/v1/form"
        );
        await session.AskAsync(new ByteArrayContent([0, 255]), "/v1/form");
        await session.AskAsync(
            new MultipartFormDataContent
            {
                { new StringContent("m"), "model" },
                { new ByteArrayContent([0]), "small", "a" },
                { new ByteArrayContent(s_large), "large", "b" },
            },
            "/v1/form"
        );
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => session.AskAsync(path: "/v1/stream"));

        using var schema = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Join(Repository.Root, "module", "recording.schema.json"))
        );
        var recordings = folder.Files.Where(file => file.EndsWith(".json", StringComparison.Ordinal)).ToList();
        Assert.Equal(9, recordings.Count);
        var members = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in recordings)
        {
            using var recording = JsonDocument.Parse(await File.ReadAllTextAsync(folder[file]));
            Assert.Empty(new JsonSchema(schema.RootElement).Problems(recording.RootElement));
            members.UnionWith(
                recording.RootElement.GetProperty("openai_cassette").EnumerateObject().Select(member => member.Name)
            );
        }

        var known = schema
            .RootElement.GetProperty("properties")
            .GetProperty("openai_cassette")
            .GetProperty("properties")
            .EnumerateObject()
            .Select(member => member.Name);
        Assert.Empty(known.Except(members));
    }

    [Theory]
    [InlineData("""{"ordinal":0}""", "/openai_cassette/ordinal: 0 is less than 1")]
    [InlineData("""{"ordinal":1,"more":1}""", "/openai_cassette/more: not in the schema")]
    [InlineData("""{"ordinal":1,"cut":{"kind":"x","at":1}}""", "/openai_cassette/cut/kind: x is not one of")]
    public async Task What_does_not_fit_the_schema_is_told(string member, string problem)
    {
        using var schema = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Join(Repository.Root, "module", "recording.schema.json"))
        );
        using var recording = JsonDocument.Parse(
            $$"""{"test_id":null,"request":{"method":"POST","url":"u"},"response":{"body":1,"is_streaming":false},"openai_cassette":{{member}}}"""
        );
        var found = Assert.Single(new JsonSchema(schema.RootElement).Problems(recording.RootElement));
        Assert.StartsWith(problem, found, StringComparison.Ordinal);
    }
}
