using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>One small file of each format that holds HTTP exchanges, read, and replayed as it was answered.</summary>
public sealed class ExchangeFormatTests : IDisposable
{
    private const string Url = "https://api.openai.com/v1/chat/completions";
    private const string Asked = """{"model":"m-1","stream":true,"messages":[{"role":"user","content":"Hi"}]}""";
    private const string Stream =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"He\"}}]}\n\n"
        + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"y\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("har")]
    [InlineData("har-polly")]
    [InlineData("har-hexadecimal")]
    [InlineData("test-proxy")]
    [InlineData("nock")]
    [InlineData("nock-gzip")]
    [InlineData("req_llm")]
    [InlineData("httprr")]
    [InlineData("httprr-chunked")]
    [InlineData("symfony")]
    [InlineData("dd-test-agent")]
    [InlineData("dd-test-agent-base64")]
    [InlineData("test-server")]
    [InlineData("mastra")]
    [InlineData("mastra-list")]
    public async Task A_stream_is_listed_read_and_replayed(string variant)
    {
        var cassette = CassetteStore.Open(_folder.Add("a.json", Encoding.UTF8.GetBytes(FileOf(variant))));
        var interaction = Assert.Single(cassette.Interactions);
        Assert.Equal(
            (FormatOf(variant), "POST", "m-1", true, 3, false),
            (
                cassette.Format,
                interaction.Method!.ToUpperInvariant(),
                interaction.Model,
                interaction.IsStreaming,
                interaction.ChunkCount,
                interaction.HasError
            )
        );
        Assert.Equal(Url, interaction.Url);
        Assert.Equal(200, interaction.Response.Status);
        Assert.Equal("Hey", ConversationAssembler.Assemble(interaction).Choices[0].Message.Text);

        using var client = new HttpClient(new CassetteMessageHandler([cassette]));
        using var content = new StringContent(Asked, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(Url), content);
        Assert.Equal(Stream, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("req_llm", 2)]
    [InlineData("mastra", 2)]
    [InlineData("har", null)]
    public void A_recorder_that_keeps_network_reads_lists_how_many(string variant, int? reads)
    {
        var cassette = CassetteStore.Open(_folder.Add("a.json", Encoding.UTF8.GetBytes(FileOf(variant))));
        Assert.Equal(reads, cassette.Interactions[0].Summary.Reads);
    }

    [Fact]
    public void Frames_of_a_recorder_that_notes_times_have_them()
    {
        var cassette = CassetteStore.Open(_folder.Add("a.json", Encoding.UTF8.GetBytes(FileOf("mastra"))));
        Assert.Equal(
            [5, 12, 12],
            cassette.Interactions[0].Response.Frames.Select(frame => frame.At!.Value.TotalMilliseconds)
        );
    }

    [Fact]
    public void Many_interactions_stand_in_one_file_in_their_order()
    {
        var entry = Entry(Quoted("{\"id\":1}"));
        var other = entry.Replace("\\u0022id\\u0022:1", "\\u0022id\\u0022:2", StringComparison.Ordinal);
        var cassette = CassetteStore.Open(
            _folder.Add("a.har", Encoding.UTF8.GetBytes($$$"""{"log":{"entries":[{{{entry}}},{{{other}}}]}}"""))
        );
        Assert.Equal(["1", "2"], cassette.Interactions.Select(each => each.Response.Values[0]["id"].ToString()));
    }

    [Theory]
    [InlineData("""{"log":{"entries":{}}}""", "expected /log/entries to be an array")]
    [InlineData("""{"Entries":[{}]}""", "\"RequestUri\"")]
    [InlineData("""[{"scope":"https://h"}]""", "\"path\"")]
    [InlineData("""[{"hash":"x"}]""", "\"url\"")]
    public void Another_shape_is_refused_with_what_was_expected(string text, string expected)
    {
        var path = _folder.Add("a.json", Encoding.UTF8.GetBytes(text));
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
        Assert.Equal(CassetteError.CassetteFormatUnknown, error.Error);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"fixtures":[{"match":{"userMessage":"x"},"response":{"content":"y"}}]}""", "fixtures of aimock")]
    public void What_holds_no_exchange_is_refused_by_name(string text, string expected)
    {
        var path = _folder.Add("a.yaml", Encoding.UTF8.GetBytes(text));
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
        Assert.Equal(CassetteError.CassetteFormatUnknown, error.Error);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        var load = Assert.Single(CassetteStore.Load(CassetteStore.Find(_folder.FullName, recurse: true), default));
        Assert.Contains(expected, load.SkippedBecause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("httprr trace v1\n5 2000000000\nGET /", "byte offset 16: the lengths reach beyond the end of the file")]
    [InlineData("httprr trace v1\nx", "byte offset 16: expected a line with the lengths")]
    public void A_trace_with_wrong_lengths_is_refused_with_the_place(string text, string expected)
    {
        var path = _folder.Add("a.httprr", Encoding.UTF8.GetBytes(text));
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_off_names_the_place()
    {
        var path = _folder.Add("a.har", """{"log":{"entries":[{"request":{"""u8);
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
        Assert.Equal(CassetteError.CassetteInvalidJson, error.Error);
        Assert.Contains("line 1, column", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_binary_stream_of_Bedrock_is_a_stream()
    {
        byte[] body =
        [
            .. Message("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"text":"Hey"}}"""),
            .. Message("messageStop", """{"stopReason":"end_turn"}"""),
        ];
        var text = $$$"""
            [{"scope":"https://bedrock-runtime.us-east-1.amazonaws.com:443","method":"POST",
              "path":"/model/a.b-v1%3A0/converse-stream","body":{},"status":200,
              "response":"{{{Convert.ToHexStringLower(body)}}}","responseIsBinary":true,"rawHeaders":{}}]
            """;
        var cassette = CassetteStore.Open(_folder.Add("a.json", Encoding.UTF8.GetBytes(text)));
        var interaction = cassette.Interactions[0];
        Assert.Equal(("a.b-v1:0", true, 2), (interaction.Model, interaction.IsStreaming, interaction.ChunkCount));
        Assert.Equal("Hey", ConversationAssembler.Assemble(interaction).Choices[0].Message.Text);

        var recording = CassetteConverter.Convert(cassette, "LlamaStack").Cassettes[0].Interactions[0];
        Assert.Equal((true, 2), (recording.IsStreaming, recording.ChunkCount));
        Assert.Equal("Hey", ConversationAssembler.Assemble(recording).Choices[0].Message.Text);
        Assert.Equal(body, Assert.Single(CassetteConverter.Convert(recording.Cassette, "har").Cassettes).Interactions[0].Response.Body.Bytes.ToArray());
    }

    [Theory]
    [InlineData(
        """{"object":"chat.completion","model":"m","choices":[{"index":0,"message":{"content":"Hey"}}]}""",
        "/v1/chat/completions",
        0
    )]
    [InlineData(
        "data: {\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hey\"}}]}\n\ndata: [DONE]\n\n",
        "/v1/chat/completions",
        2
    )]
    [InlineData(
        "{\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"H\"}}]}\n{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"ey\"}}]}\n",
        "/v1/chat/completions",
        2
    )]
    [InlineData(
        """{"type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"Hey"}]}""",
        "/v1/messages",
        0
    )]
    [InlineData(
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"m\"}}\n\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hey\"}}\n\n",
        "/v1/messages",
        2
    )]
    [InlineData(
        """{"candidates":[{"content":{"parts":[{"text":"Hey"}]}}],"modelVersion":"m"}""",
        "/v1beta/models/m:generateContent",
        0
    )]
    [InlineData("""{"model":"m","message":{"role":"assistant","content":"Hey"},"done":true}""", "/api/chat", 0)]
    public void The_answer_alone_names_its_operation(string text, string endpoint, int events)
    {
        var cassette = CassetteStore.Open(_folder.Add("a.txt", Encoding.UTF8.GetBytes(text)));
        var interaction = Assert.Single(cassette.Interactions);
        Assert.Equal(
            ("bare-answer", endpoint, "m", events),
            (cassette.Format, interaction.Endpoint, interaction.Model, interaction.ChunkCount)
        );
        Assert.Equal("Hey", ConversationAssembler.Assemble(interaction).Choices[0].Message.Text);
    }

    [Theory]
    [InlineData("""{"name":"package","version":"1.0.0","object":"x"}""")]
    [InlineData("""{"type":"message"}""")]
    [InlineData("data: 1\n\n")]
    [InlineData("[1,2]")]
    public void Other_JSON_and_text_is_no_answer(string text)
    {
        _folder.Add("a.json", Encoding.UTF8.GetBytes(text));
        Assert.NotNull(
            Assert
                .Single(CassetteStore.Load(CassetteStore.Find(_folder.FullName, recurse: true), default))
                .SkippedBecause
        );
    }

    /// <summary>Gets the variants of files in JSON and text that are built here.</summary>
    internal static string[] Variants { get; } =
    [
        "har",
        "har-polly",
        "har-hexadecimal",
        "test-proxy",
        "nock",
        "nock-gzip",
        "req_llm",
        "httprr",
        "httprr-chunked",
        "symfony",
        "dd-test-agent",
        "dd-test-agent-base64",
        "test-server",
        "mastra",
    ];

    /// <summary>Returns the name of the format of a variant, which may have a suffix.</summary>
    internal static string FormatOf(string variant) =>
        variant.Split('-') switch
        {
            ["test", ..] => variant,
            ["dd", ..] => "dd-test-agent",
            var parts => parts[0],
        };

    internal static string FileOf(string variant) =>
        variant switch
        {
            "har" => $$$"""{"log":{"version":"1.2","entries":[{{{Entry(Quoted(Stream))}}}]}}""",
            "har-polly" => "{\"log\":{\"creator\":{\"name\":\"Polly.JS\"},\"entries\":[" + PollyEntry() + "]}}",
            "har-hexadecimal" => $$$"""{"log":{"version":"1.2","entries":[{{{HexadecimalEntry()}}}]}}""",
            "test-proxy" => $$$"""
                {"Entries":[{"RequestUri":"{{{Url}}}","RequestMethod":"POST","RequestHeaders":{},"RequestBody":{{{Asked}}},
                "StatusCode":200,"ResponseHeaders":{"Content-Type":"text/event-stream"},"ResponseBody":[{{{Lines()}}}]}],"Variables":{}}
                """,
            "nock" => Nock(Quoted(Stream)),
            "nock-gzip" => Nock($"[\"{Convert.ToHexStringLower(Gzip(Stream))}\"]"),
            "req_llm" =>
                $$$"""
                {"model_spec":"p:m","request":{"body":{"b64":"{{{Base64(
                    Encoding.UTF8.GetBytes(Asked)
                )}}}"},"canonical_json":{},
                "headers":{},"method":"post","url":"{{{Url}}}"},"response":{"body":null,"headers":{},"status":200},
                "chunks":[{"b64":"{{{Base64(Encoding.UTF8.GetBytes(Stream[..20]))}}}"},{"b64":"{{{Base64(
                    Encoding.UTF8.GetBytes(Stream[20..])
                )}}}"}]}
                """,
            "httprr" => Trace($"Content-Length: {Stream.Length}", Stream),
            "httprr-chunked" => Trace("Transfer-Encoding: chunked", $"{Stream.Length:x}\r\n{Stream}\r\n0\r\n\r\n"),
            "symfony" =>
                $$$"""
                {"interactions":[{"request":{"method":"POST","url":"{{{Url}}}","signature":"x","headers":{},"body":{{{Quoted(
                    Asked
                )}}} },
                "response":{"status":200,"headers":{"content-type":["text/event-stream"]},"body":{{{Quoted(
                    Stream
                )}}} }}]}
                """,
            "dd-test-agent" => TestAgent(Stream),
            "dd-test-agent-base64" => TestAgent($"base64:{Base64(Encoding.UTF8.GetBytes(Stream))}"),
            "test-server" => $$$"""
                {"recordID":"x","interactions":[{"request":{"method":"POST","url":"/v1/chat/completions","headers":{},"bodySegments":[{{{Asked}}}],
                "serverAddress":"api.openai.com","protocol":"https"},"response":{"statusCode":200,
                "headers":{"Content-Type":"text/event-stream"},"bodySegments":[{{{Segments()}}}]}}]}
                """,
            "mastra" => $$$"""{"meta":{"name":"x"},"recordings":[{{{Recording()}}}]}""",
            _ => $"[{Recording()}]",
        };

    private static string TestAgent(string body) =>
        $$$"""
            {"request":{"method":"POST","url":"{{{Url}}}","headers":{},"body":{{{Quoted(Asked)}}} },
            "response":{"status":{"code":200,"message":"OK"},"headers":{"Content-Type":"text/event-stream"},
            "body":{{{Quoted(body)}}} }}
            """;

    private static string Entry(string text) =>
        $$$"""
            {"startedDateTime":"2026-01-02T03:04:05.000Z","time":7,"request":{"method":"POST","url":"{{{Url}}}",
            "headers":[],"postData":{"mimeType":"application/json","text":{{{Quoted(Asked)}}} }},
            "response":{"status":200,"statusText":"OK","headers":[],"content":{"mimeType":"text/event-stream","text":{{{text}}} }} }
            """;

    /// <summary>The pieces that the network gave, still packed, in an array that is written as text.</summary>
    private static string PollyEntry() => Entry(Quoted($"[\"{Base64(Gzip(Stream))}\"]"));

    /// <summary>As older versions of Polly.js write it: gzip in hexadecimal digits, in the pieces of the network.</summary>
    private static string HexadecimalEntry()
    {
        var digits = Convert.ToHexStringLower(Gzip(Stream));
        return Entry(Quoted($"[\"{digits[..64]}\",\"{digits[64..]}\"]"));
    }

    private static string Nock(string response) =>
        $$$"""
            [{"scope":"https://api.openai.com:443","method":"POST","path":"/v1/chat/completions","body":{{{Asked}}},
            "status":200,"response":{{{response}}},"rawHeaders":["Content-Type","text/event-stream"],"responseIsBinary":false}]
            """;

    private static string Trace(string framing, string body)
    {
        var request = $"POST {Url} HTTP/1.1\r\nHost: api.openai.com\r\nContent-Type: application/json\r\n\r\n{Asked}";
        var response = $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{framing}\r\n\r\n{body}";
        return $"httprr trace v1\n{request.Length} {response.Length}\n{request}{response}";
    }

    private static string Recording() =>
        $$$"""
            {"hash":"x","request":{"url":"{{{Url}}}","method":"POST","body":{{{Asked}}},"timestamp":1779101448024},
            "response":{"status":200,"statusText":"OK","headers":{},"isStreaming":true,
            "chunks":[{{{Quoted(Stream[..70])}}},{{{Quoted(Stream[70..])}}}],"chunkTimings":[5,7]}}
            """;

    private static string Lines() =>
        string.Join(
            ',',
            Stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(line => Quoted(line + "\n\n"))
        );

    /// <summary>The values of the stream; the recorder keeps the end mark as text.</summary>
    private static string Segments() =>
        string.Join(
            ',',
            Stream
                .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line["data: ".Length..] is ['{', ..] json ? json : Quoted("[DONE]"))
        );

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    /// <summary>A message of an AWS event stream; nobody here looks at the check sums.</summary>
    private static byte[] Message(string type, string payload)
    {
        byte[] headers = [.. Header(":event-type", type), .. Header(":message-type", "event")];
        var total = 16 + headers.Length + payload.Length;
        return
        [
            .. BigEndian(total),
            .. BigEndian(headers.Length),
            0,
            0,
            0,
            0,
            .. headers,
            .. Encoding.UTF8.GetBytes(payload),
            0,
            0,
            0,
            0,
        ];
    }

    private static byte[] Header(string name, string value) =>
        [
            (byte)name.Length,
            .. Encoding.UTF8.GetBytes(name),
            7,
            0,
            (byte)value.Length,
            .. Encoding.UTF8.GetBytes(value),
        ];

    private static byte[] BigEndian(int number) =>
        [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];
}
