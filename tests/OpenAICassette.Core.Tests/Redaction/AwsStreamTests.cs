using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

/// <summary>Binary event streams of AWS, in base64 or hexadecimal digits, are searched and written again.</summary>
public sealed class AwsStreamTests : IDisposable
{
    private const string Placeholder = "REDACTED_OPENAI_API_KEY_1";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, bool> Forms =>
        new()
        {
            { "vcrpy", false },
            { "vcrpy", true },
            { "nock", false },
            { "nock", true },
            { "req_llm", false },
            { "req_llm", true },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_key_that_its_messages_spell_is_replaced_and_the_stream_still_replays(string form, bool isInner)
    {
        var key = PlantedKey.Of("openai-api-key");
        var path = _folder.Add("a.txt", Encoding.UTF8.GetBytes(FileOf(form, Stream(key, isInner), isInner)));
        var cassette = CassetteStore.Open(path);
        Assert.Contains(new Redactor().Find(cassette), finding => finding.Rule == "openai-api-key");

        var clean = new Redactor().Redact(cassette).Cassette;
        Assert.Empty(new Redactor().Find(clean));
        var interaction = Assert.Single(clean.Interactions);
        var text = ConversationAssembler.Assemble(interaction).Choices[0].Message.Text;
        Assert.Equal($"The key is {Placeholder}.", text);

        using var client = new HttpClient(new CassetteMessageHandler([clean]));
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(UrlOf(isInner)), content);
        var body = await answer.Content.ReadAsByteArrayAsync();
        AssertWhole(body);
        Assert.Equal(interaction.Response.Body.Bytes.ToArray(), body);
    }

    [Theory]
    [InlineData("b64", false, 20)]
    [InlineData("b64", false, 61)]
    [InlineData("b64", true, 100)]
    [InlineData("data", false, 150)]
    [InlineData("data", true, 33)]
    public void A_key_that_goes_on_in_the_next_read_is_replaced_and_the_other_reads_stay(
        string member,
        bool isInner,
        int length
    )
    {
        var key = PlantedKey.Of("openai-api-key");
        byte[][] messages =
        [
            Message("messageStart", """{"role":"assistant"}"""),
            Message("contentBlockStop", "{}"),
            .. Stream(key, isInner),
            Message("messageStop", """{"stopReason":"end_turn"}"""),
        ];
        byte[] stream = [.. messages.SelectMany(message => message)];
        var reads = stream.Chunk(length).Select(Convert.ToBase64String).ToList();
        var body =
            $"{{\"chunks\":[{string.Join(',', reads.Select(read => $"{{\"{member}\":\"{read}\",\"at\":1}}"))}]}}";

        var document = JsonDocument.Parse(new Redactor().RedactRequest(Encoding.UTF8.GetBytes(body)));
        var clean = document
            .RootElement.GetProperty("chunks")
            .EnumerateArray()
            .Select(read => read.GetProperty(member).GetString()!)
            .ToList();
        Assert.Equal(reads.Count, clean.Count);
        Assert.Equal(reads[0], clean[0]);
        Assert.NotEqual(reads, clean);

        byte[] cleaned = [.. clean.SelectMany(Convert.FromBase64String)];
        AssertWhole(cleaned);
        var first = messages[0].Length + messages[1].Length;
        Assert.Equal(stream[..first], cleaned[..first]);
        var said = SaidIn(cleaned[first..^messages[^1].Length], isInner);
        Assert.Equal($"The key is {Placeholder}.", said);
    }

    /// <summary>Returns what the messages of a stream spell.</summary>
    private static string SaidIn(byte[] stream, bool isInner)
    {
        var exchange = $$$"""
            [{"scope":"https://bedrock-runtime.us-east-1.amazonaws.com:443","method":"POST","path":"{{{new Uri(
                UrlOf(isInner)
            ).AbsolutePath}}}","body":{},
            "status":200,"response":"{{{Convert.ToHexStringLower(stream)}}}","responseIsBinary":true,"rawHeaders":{}}]
            """;
        var cassette = CassetteStore.Open(Encoding.UTF8.GetBytes(exchange), CassetteOrigin.OfMemory("a.json"));
        return ConversationAssembler.Assemble(cassette.Interactions[0]).Choices[0].Message.Text;
    }

    [Fact]
    public void What_a_cut_off_message_holds_is_searched_too()
    {
        var key = PlantedKey.Of("openai-api-key");
        var whole = Message("messageStart", """{"role":"assistant"}""");
        var last = Message(
            "contentBlockDelta",
            $$$"""{"contentBlockIndex":0,"delta":{"text":"{{{key}}} and more text"} }"""
        );
        var clean = Scrub([.. whole, .. last[..^20]]);
        Assert.Equal(whole, clean[..whole.Length]);
        Assert.Contains(Placeholder, Encoding.Latin1.GetString(clean), StringComparison.Ordinal);

        // The last message is still as incomplete as before.
        Assert.Equal(
            20,
            BinaryPrimitives.ReadInt32BigEndian(clean.AsSpan(whole.Length)) - (clean.Length - whole.Length)
        );
    }

    [Fact]
    public void Messages_without_a_secret_stay_byte_for_byte()
    {
        byte[] stream =
        [
            .. Message("metadata", "{\n  \"usage\": {}\n}"),
            .. Message("audio", "\u0001\u0002 no JSON"),
            .. Message("contentBlockDelta", $$$"""{"delta":{"text":"{{{PlantedKey.Of("openai-api-key")}}}"} }"""),
            .. Message("messageStop", """{"stopReason":"end_turn"}"""),
        ];
        var clean = Scrub(stream);
        var start =
            Message("metadata", "{\n  \"usage\": {}\n}").Length + Message("audio", "\u0001\u0002 no JSON").Length;
        Assert.Equal(stream[..start], clean[..start]);
        Assert.Equal(
            Message("messageStop", """{"stopReason":"end_turn"}"""),
            clean[^Message("messageStop", """{"stopReason":"end_turn"}""").Length..]
        );
        AssertWhole(clean);
    }

    private static byte[] Scrub(byte[] stream)
    {
        var body = $$"""{"data":"{{Convert.ToBase64String(stream)}}"}""";
        var clean = new Redactor().RedactRequest(Encoding.UTF8.GetBytes(body));
        return JsonDocument.Parse(clean).RootElement.GetProperty("data").GetBytesFromBase64();
    }

    /// <summary>The messages of Converse, or of InvokeModel, which have the model's own events in base64.</summary>
    private static byte[][] Stream(string key, bool isInner)
    {
        string[] texts = ["The key is ", key[..11], key[11..], "."];
        return
        [
            .. texts.Select(text =>
                isInner
                    ? Message(
                        "chunk",
                        Inner(
                            $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{{{text}}}"} }"""
                        )
                    )
                    : Message(
                        "contentBlockDelta",
                        $$$"""{"contentBlockIndex":0,"delta":{"text":"{{{text}}}"},"p":"abcd"}"""
                    )
            ),
        ];
    }

    private static string Inner(string json) =>
        $$"""{"bytes":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(json))}}","p":"ab"}""";

    private static string UrlOf(bool isInner) =>
        "https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.m/"
        + (isInner ? "invoke-with-response-stream" : "converse-stream");

    private static string FileOf(string form, byte[][] messages, bool isInner)
    {
        byte[] stream = [.. messages.SelectMany(message => message)];
        var url = UrlOf(isInner);
        return form switch
        {
            "vcrpy" => $"interactions:\n- request: {{body: '{{}}', headers: {{}}, method: POST, uri: '{url}'}}\n"
                + $"  response:\n    body:\n      string: !!binary |\n        {Wrapped(Convert.ToBase64String(stream))}\n"
                + "    headers: {Content-Type: [application/vnd.amazon.eventstream]}\n    status: {code: 200, message: OK}\nversion: 1\n",
            "nock" =>
                $$$"""
                [{"scope":"https://bedrock-runtime.us-east-1.amazonaws.com:443","method":"POST","path":"{{{new Uri(
                    url
                ).AbsolutePath}}}","body":{},
                "status":200,"response":"{{{Convert.ToHexStringLower(
                    stream
                )}}}","responseIsBinary":true,"rawHeaders":{}}]
                """,
            _ =>
                $$$"""
                {"request":{"method":"POST","url":"{{{url}}}","headers":{},"body":{"b64":"e30="},"canonical_json":{} },
                "response":{"status":200,"headers":{},"body":null},
                "chunks":[{{{string.Join(
                    ',',
                    messages.Select(message => $"{{\"b64\":\"{Convert.ToBase64String(message)}\"}}")
                )}}}]}
                """,
        };
    }

    private static string Wrapped(string base64) =>
        string.Join("\n        ", base64.Chunk(76).Select(line => new string(line)));

    private static byte[] Message(string type, string payload)
    {
        byte[] headers = [.. Header(":event-type", type), .. Header(":message-type", "event")];
        var message = new byte[16 + headers.Length + Encoding.UTF8.GetByteCount(payload)];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), Crc32.Of(message.AsSpan(0, 8)));
        headers.CopyTo(message, 12);
        Encoding.UTF8.GetBytes(payload, message.AsSpan(12 + headers.Length));
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(^4..), Crc32.Of(message.AsSpan(..^4)));
        return message;
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

    /// <summary>Lengths and check sums are right, as gzip's own check sum of the same bytes proves.</summary>
    private static void AssertWhole(ReadOnlySpan<byte> stream)
    {
        while (stream.Length > 0)
        {
            var total = BinaryPrimitives.ReadInt32BigEndian(stream);
            Assert.InRange(total, 16, stream.Length);
            Assert.Equal(GzipSum(stream[..8]), BinaryPrimitives.ReadUInt32BigEndian(stream[8..]));
            Assert.Equal(GzipSum(stream[..(total - 4)]), BinaryPrimitives.ReadUInt32BigEndian(stream[(total - 4)..]));
            stream = stream[total..];
        }
    }

    private static uint GzipSum(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(packed.ToArray().AsSpan(^8..));
    }
}
