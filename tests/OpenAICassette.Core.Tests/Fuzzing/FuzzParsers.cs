using System.Net.WebSockets;
using System.Text;
using System.Text.Unicode;
using OpenAICassette.Apis.Bedrock;
using OpenAICassette.Baselines;
using OpenAICassette.Cassettes;
using OpenAICassette.Facts;
using OpenAICassette.Formats;
using OpenAICassette.Http;
using OpenAICassette.Redaction.Rules;
using OpenAICassette.Replay;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

/// <summary>The parsers beneath and beside the formats.</summary>
internal static class FuzzParsers
{
    private static readonly HttpServerOptions s_options = new() { MaxBodyBytes = 1 << 20 };

    public static IReadOnlyList<FuzzTarget> All =>
        [
            new("HTTP requests", [.. HttpRule.All.Select(rule => Unescaped(rule.Request))], ReadRequests),
            new("WebSocket frames", Frames(), ReadFrames),
            new(
                "server-sent events",
                Texts("data: {\"a\":1}\n\nevent: x\r\ndata: y\r\ndata\r\nid: 1\r\n\r\n: c\n\n"),
                Events
            ),
            new("AWS event streams", [AwsStream()], bytes => AwsEventStream.Read(bytes, _ => null)),
            new("JSON", Texts("{\"a\":[1,-2.5e3,\"\\u00e9\\ud83d\\ude00\",null,true,{}],\"a\":\"\"}"), Json),
            new(
                "multipart",
                Texts("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--\r\n"),
                Multipart
            ),
            new("content coding", Packed(), Decode),
            new("rule files", Texts(Rules), bytes => Read(bytes, path => RuleFile.Read(path))),
            new("baselines", Texts(Baseline), bytes => Read(bytes, path => BaselineFile.Read(path))),
            new("price lists", Texts("{\"gpt-4o\":{\"input\":1,\"output\":2.5}}"), bytes =>
                Read(bytes, path => PriceList.Read(path))
            ),
        ];

    private const string Rules =
        """{"rules":[{"id":"x","description":"d","pattern":"sk-[a-z]{20,}","examples":["sk-aaaaaaaaaaaaaaaaaaaaaa"]}],"allow":{"values":["x"],"patterns":["a+"],"findings":[{"rule":"x","path":"*.json"}]}}""";

    private const string Baseline =
        """{"version":1,"salt":"00aa","findings":[{"path":"a.json","id":"Secrets","place":"/a","count":1}],"secrets":[]}""";

    /// <summary>Removes the secrets of anything: the result is as long as it says, or the file is refused.</summary>
    public static void Scrub(byte[] bytes)
    {
        try
        {
            var file = new CassetteFile("a.txt", "a.txt", Named: true) { AnyText = true };
            var clean = new Redactor().Redact(FileLoader.OpenInMemory(file, bytes)).Cassette;
            Assert.Equal(clean.Length, clean.Read().Length);
        }
        catch (CassetteException e) when (e.Error != CassetteError.InternalError)
        {
            // Refused.
        }
    }

    private static void ReadRequests(byte[] bytes)
    {
        var budget = new BodyBudget(1 << 24);
        var received = new ReceiveBuffer(new BodyShare(budget));
        Fill(received, bytes);
        var head = new RequestHead(s_options.MaxHeaderBytes, isProxied: bytes.Length % 2 == 0);
        var chunks = new ChunkedBody(s_options);
        try
        {
            while (received.Length > 0 && head.Read(received.Span))
            {
                head.Headers.Bind(received.Memory);
                var framing = RequestFraming.Of(head, s_options.MaxBodyBytes);
                Assert.InRange(framing.ContentLength, 0, s_options.MaxBodyBytes);
                new OwnHost(System.Net.IPAddress.Loopback).Check(head, received.Span);
                chunks.Begin(head.Length, s_options.MaxBodyBytes);
                if (framing.IsChunked ? !chunks.Read(received) : received.Length < head.Length + framing.ContentLength)
                {
                    break;
                }

                var length = framing.IsChunked ? chunks.Length : (int)framing.ContentLength;
                var body = received.Memory.Slice(head.Length, length);
                ContentDecoder.Decode(head.Headers, body, s_options.MaxBodyBytes, new BodyShare(budget));
                received.Consume(head.Length + length);
                head.Reset();
            }
        }
        catch (BadRequestException e)
        {
            Assert.InRange(e.Status, 400, 505);
        }
    }

    private static void Fill(ReceiveBuffer received, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = received.Room().Span;
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            received.Add(count);
            bytes = bytes[count..];
        }
    }

    private static void ReadFrames(byte[] bytes)
    {
        using var stream = new MemoryStream();
        stream.Write(bytes);
        stream.Position = 0;
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        for (var count = 0; count < 1000; count++)
        {
            var receiving = SocketMessages.ReceiveAsync(socket, FrameDirection.Sent, default).AsTask();
            Assert.True(
                receiving.IsCompleted || receiving.Wait(TimeSpan.FromSeconds(30)),
                "waits for more than there is"
            );
            if (receiving.Result is not { } frame || frame.Kind == FrameKind.Close)
            {
                return;
            }
        }
    }

    private static void Events(byte[] bytes)
    {
        foreach (var sent in StreamEvent.ReadEvents(bytes))
        {
            _ = sent.Json.Exists;
        }

        Assert.All(ServerSentEventReader.ReadAll(bytes), Assert.NotNull);
    }

    private static void Json(byte[] bytes)
    {
        try
        {
            var tree = JsonTree.ParseFile(bytes);
            _ = tree.Root.ToString();
            Assert.True(FullUse.IsJson(bytes) || !Utf8.IsValid(bytes), "what is not JSON was taken");
        }
        catch (JsonTextException)
        {
            Assert.False(FullUse.IsJson(bytes), "what is JSON was refused");
        }
    }

    private static void Multipart(byte[] bytes)
    {
        var type = MultipartText.BoundaryOf(Encoding.Latin1.GetString(bytes)) ?? "b";
        if (MultipartText.Split(bytes, type, out var isOpen) is { } pieces)
        {
            _ = MultipartText.Join(pieces, type, isOpen);
        }

        _ = Body.FromBytes(bytes, "multipart/form-data; boundary=b").Parts.Count;
    }

    private static void Decode(byte[] bytes)
    {
        foreach (var coding in (string[])["gzip", "deflate", "br", "zstd", "gzip, br"])
        {
            try
            {
                Assert.InRange(ContentCoding.Decode(bytes, coding, out _).Length, 0, 256 << 20);
            }
            catch (Exception e) when (e is InvalidDataException or CassetteException)
            {
                // Refused.
            }
        }
    }

    private static void Read(byte[] bytes, Action<string> read)
    {
        using var folder = new TempFolder();
        var path = folder.Add("file.json", bytes);
        try
        {
            read(path);
        }
        catch (Exception e) when (e is RuleFileException or BaselineException or PriceFileException)
        {
            Assert.Contains("file.json", e.Message, StringComparison.Ordinal);
        }
    }

    private static byte[] Unescaped(string text) =>
        Encoding.Latin1.GetBytes(System.Text.RegularExpressions.Regex.Unescape(text));

    private static List<byte[]> Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static List<byte[]> Frames() =>
        [
            [0x81, 0x85, 1, 2, 3, 4, 105, 103, 111, 104, 110],
            [0x01, 0x82, 0, 0, 0, 0, 65, 66, 0x80, 0x81, 0, 0, 0, 0, 67],
            [0x82, 0xFE, 0, 130, 0, 0, 0, 0, .. new byte[130]],
            [0x89, 0x80, 0, 0, 0, 0, 0x88, 0x82, 0, 0, 0, 0, 3, 232],
            [0x82, 0xFF, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. new byte[300]],
        ];

    private static List<byte[]> Packed() => [Zipped.Of("hello hello hello"), .. Texts("hello")];

    /// <summary>A frame of an event stream: lengths, checksum, no header fields, payload, checksum.</summary>
    private static byte[] AwsStream()
    {
        byte[] prelude = [0, 0, 0, 18, 0, 0, 0, 0];
        byte[] begin = [.. prelude, .. Checksum(prelude), (byte)'{', (byte)'}'];
        byte[] frame = [.. begin, .. Checksum(begin)];
        return [.. frame, .. frame];
    }

    private static byte[] Checksum(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var each in bytes)
        {
            sum ^= each;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
            }
        }

        sum = ~sum;
        return [(byte)(sum >> 24), (byte)(sum >> 16), (byte)(sum >> 8), (byte)sum];
    }
}
