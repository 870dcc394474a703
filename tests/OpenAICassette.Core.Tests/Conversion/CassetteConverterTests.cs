using System.Text;

namespace OpenAICassette.Tests;

public sealed class CassetteConverterTests : IDisposable
{
    private const string Url = "https://api.openai.com/v1/chat/completions?api-version=1&x=%5Ba%5D";
    private const string Stream =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hé😀\"}}]}\n\n"
        + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"y\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var from in Targets)
            {
                foreach (var to in Targets)
                {
                    data.Add(from, to);
                }
            }

            return data;
        }
    }

    private static string[] Targets => ["har", "test-proxy", "go-vcr", "ruby-vcr", "vcrpy"];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_format_gives_to_every_other_what_it_holds(string from, string to)
    {
        var first = CassetteConverter.Convert(Mixed(), from).Cassettes[0];
        var second = CassetteConverter.Convert(first, to).Cassettes[0];
        Assert.Equal((from, to), (first.Format, second.Format));
        Assert.Equal(Facts(Mixed()), Facts(first));
        Assert.Equal(Facts(Mixed()), Facts(second));
    }

    [Fact]
    public void A_recording_of_a_client_library_becomes_what_the_service_sent()
    {
        var source = CassetteStore.Open(Repository.Capitals);
        var converted = CassetteConverter.Convert(source, "har");
        var (before, after) = (source.Interactions[0], converted.Cassettes[0].Interactions[0]);
        Assert.Equal("capitals.har", converted.Cassettes[0].RelativePath);
        Assert.Equal((before.Model, before.ChunkCount + 1, true), (after.Model, after.ChunkCount, after.IsStreaming));
        Assert.Equal(before.Request.Body.Json.ToString(), after.Request.Body.Json.ToString());
        Assert.Equal(
            ConversationAssembler.Assemble(before).Choices[0].Message.Text,
            ConversationAssembler.Assemble(after).Choices[0].Message.Text
        );
    }

    [Fact]
    public void Other_cassettes_become_recordings_named_by_their_keys()
    {
        var converted = CassetteConverter.Convert(Mixed(), "llama-stack").Cassettes;
        Assert.Equal(Mixed().Interactions.Count, converted.Count);
        Assert.All(converted, each => Assert.StartsWith("a/", each.RelativePath, StringComparison.Ordinal));
        Assert.Equal(converted.Count, converted.Select(each => each.RelativePath).Distinct().Count());
        Assert.Equal("Hé😀y", ConversationAssembler.Assemble(converted[0].Interactions[0]).Choices[0].Message.Text);
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/chat/completions", 200)]
    [InlineData("https://h.openai.azure.com/openai/v1/chat/completions?api-version=1", 200)]
    [InlineData("https://api.openai.com/v1/chat/completions", 429)]
    public void A_recording_keeps_the_status_and_becomes_a_call_of_the_URL_that_was_asked(string url, int status)
    {
        var body = status == 200 ? """{\"choices\":[]}""" : """{\"error\":{\"message\":\"busy\"}}""";
        var entry = $$$"""
            {"request":{"method":"POST","url":"{{{url}}}","headers":[],
            "postData":{"mimeType":"application/json","text":"{\"model\":\"m\",\"messages\":[]}"}},
            "response":{"status":{{{status}}},"headers":[],"content":{"mimeType":"application/json","text":"{{{body}}}"} } }
            """;
        var source = CassetteStore.Open(
            _folder.Add("u.har", Encoding.UTF8.GetBytes($$$"""{"log":{"entries":[{{{entry}}}]}}"""))
        );
        var recording = Assert.Single(CassetteConverter.Convert(source, "LlamaStack").Cassettes);
        Assert.Equal(status, recording.Interactions[0].Summary.Status);
        var again = CassetteConverter.Convert(recording, "har").Cassettes[0].Interactions[0];
        Assert.Equal((url, status), (again.Url, again.Summary.Status));
    }

    [Fact]
    public void A_stream_whose_type_was_not_kept_is_recorded_as_a_stream()
    {
        var text = "interactions:\n" + Interaction("'{\"model\":\"m\"}'", "", Quoted(Stream), 200);
        text = text.Replace("      Content-Type: ['']\n", string.Empty, StringComparison.Ordinal);
        var source = CassetteStore.Open(_folder.Add("b.yaml", Encoding.UTF8.GetBytes(text)));
        Assert.True(source.Interactions[0].IsStreaming);
        var recording = Assert.Single(CassetteConverter.Convert(source, "LlamaStack").Cassettes);
        Assert.True(recording.Interactions[0].IsStreaming);
    }

    [Fact]
    public void What_a_format_cannot_hold_is_reported()
    {
        var entry =
            """{"request":{"method":"GET","url":"https://h/v1/models","headers":[{"name":"a","value":"b"}]},"response":{"status":200,"content":{}},"startedDateTime":"2026-01-02T03:04:05Z"}""";
        var source = CassetteStore.Open(
            _folder.Add(
                "t.har",
                Encoding.UTF8.GetBytes(
                    "{\"log\":{\"entries\":[" + string.Join(',', Enumerable.Repeat(entry, 4)) + "]}}"
                )
            )
        );
        Assert.True(CassetteConverter.Convert(source, "har").Report.IsLossless);
        var toProxy = CassetteConverter.Convert(source, "test-proxy").Report;
        Assert.Contains("start times (4 interactions)", toProxy.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(toProxy.Losses, loss => loss.Feature == FormatFeatures.BinaryBodies);
        var toCalls = CassetteConverter.Convert(source, "llama-stack").Report;
        Assert.Contains(new ConversionLoss(FormatFeatures.RequestHeaders, 4), toCalls.Losses);
    }

    [Fact]
    public void Interactions_are_split_and_joined()
    {
        var split = CassetteConverter.Convert(Mixed(), "vcrpy", split: true).Cassettes;
        Assert.Equal(["a-0.yaml", "a-1.yaml", "a-2.yaml", "a-3.yaml"], split.Select(each => each.RelativePath));
        var joined = CassetteConverter.Join(split, "har", "all.har").Cassettes[0];
        Assert.Equal(Facts(Mixed()), Facts(joined));
        Assert.Throws<ArgumentException>(() => CassetteConverter.Join(split, "LlamaStack", "x"));
    }

    [Fact]
    public void In_its_own_format_a_cassette_stays_as_it_is()
    {
        var source = Mixed();
        Assert.True(
            source.Read().Span.SequenceEqual(CassetteConverter.Convert(source, "vcrpy").Cassettes[0].Read().Span)
        );
    }

    [Fact]
    public void A_bare_answer_is_written_as_it_is()
    {
        var path = _folder.Add("a.sse", Encoding.UTF8.GetBytes(Stream));
        var cassette = CassetteStore.Open(path);
        Assert.Equal("bare-answer", cassette.Format);
        Assert.Equal(Stream, Encoding.UTF8.GetString(CassetteStore.Convert(cassette, null).Read().Span));
    }

    [Theory]
    [InlineData("httprr")]
    [InlineData("")]
    [InlineData("yaml")]
    public void A_format_that_cannot_be_written_is_refused(string format) =>
        Assert.Contains(
            "go-vcr",
            Assert.Throws<ArgumentException>(() => CassetteConverter.Convert(Mixed(), format)).Message,
            StringComparison.Ordinal
        );

    /// <summary>A stream, bytes that are no text, an error, and a request without a body; each with two values of a header.</summary>
    private Cassette Mixed()
    {
        var bytes = Convert.ToBase64String([0xff, 0, 1, 2, 0xfe]);
        var text =
            "interactions:\n"
            + Interaction("'{\"model\":\"m\",\"stream\":true}'", "text/event-stream", Quoted(Stream), 200)
            + Interaction("null", "image/png", $"!!binary {bytes}", 200)
            + Interaction("'{\"model\":\"m\"}'", "application/json", "'{\"error\":{\"message\":\"no\"}}'", 429)
            + Interaction("'a: yes\n\n      b'", "text/plain", "''", 204)
            + "version: 1\n";
        return CassetteStore.Open(_folder.Add("a.yaml", Encoding.UTF8.GetBytes(text)));
    }

    private static string Interaction(string request, string type, string response, int status) =>
        $"- request:\n    body: {request}\n    headers:\n      X-Two: ['1', 'no']\n    method: POST\n    uri: '{Url}'\n"
        + $"  response:\n    body:\n      string: {response}\n    headers:\n      Content-Type: ['{type}']\n"
        + $"      X-Two: ['1', '2']\n    status: {{code: {status}, message: null}}\n";

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string[] Facts(Cassette cassette) =>
        [
            .. cassette.Interactions.Select(each =>
                $"{each.StartedAt} {each.Method} {each.Url} {each.Response.Status} {each.IsStreaming} {each.ChunkCount} "
                + $"{Convert.ToHexString(each.Request.Body.Bytes.Span)} {Convert.ToHexString(each.Response.Body.Bytes.Span)} "
                + string.Join('|', each.Request.Headers.Concat(each.Response.Headers))
            ),
        ];
}
