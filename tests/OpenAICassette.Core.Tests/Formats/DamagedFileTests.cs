using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>Files of other recorders that are broken in one way, each an error with its place beside the others.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private const string Url = BuiltExchange.Chat;

    /// <summary>On this text the parser's own state is not valid: a flow mapping stands where a key is expected.</summary>
    private const string FailingYaml = "request:\n  url: /x\n  bodyPatterns:\n  - equalTo: |-\n    {c: d\n    e: f\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        "interactions:\n- request: {method: POST, uri: U}\n  response: {status: {code: 200}, body: {string: !!binary '%'}}\n",
        "interaction 0 is broken at /interactions/0/response/body/string/!!binary: the text is not base64"
    )]
    [InlineData(
        "http_interactions:\n- request: {method: post, uri: U}\n  response: {status: {code: 200}, body: {base64_string: '%'}}\n",
        "interaction 0 is broken at /http_interactions/0/response/body/base64_string: the text is not base64"
    )]
    [InlineData(
        "when:\n  path: /x\nthen:\n  status: 200\n  body: '%'\n  body_encoding: base64\n",
        "interaction 0 is broken at /then/body: the text is not base64"
    )]
    [InlineData(
        """{"log":{"entries":[{"request":{"url":"U"},"response":{"content":{"encoding":"base64","text":"%"}}}]}}""",
        "interaction 0 is broken at line 1, column 134 (byte offset 133): the text is not base64"
    )]
    [InlineData(
        """{"request":{"url":"U","canonical_json":{}},"response":{"body":{"b64":"%"}}}""",
        "interaction 0 is broken at line 1, column 111 (byte offset 110): the text is not base64"
    )]
    [InlineData(
        """{"mappings":[{"request":{"url":"/x"},"response":{"base64Body":"%"}}]}""",
        "interaction 0 is broken at line 1, column 63 (byte offset 62): the text is not base64"
    )]
    [InlineData(
        """[{"scope":"https://x","path":"/y","response":"00"},{"scope":"https://x","path":"/y","response":"z","responseIsBinary":true}]""",
        "interaction 1 is broken at line 1, column 96 (byte offset 95): the text is not hexadecimal digits"
    )]
    public void A_body_that_is_not_encoded_as_the_file_says_is_told(string text, string expected) =>
        AssertDamaged(Encoding.UTF8.GetBytes(text.Replace("U", Url, StringComparison.Ordinal)), expected);

    [Fact]
    public void A_body_that_is_empty_base64_is_empty()
    {
        var text =
            $"{{\"request\":{{\"url\":\"{Url}\",\"canonical_json\":{{}}}},\"response\":{{\"body\":{{\"b64\":\"\"}}}}}}";
        Assert.True(Open(Encoding.UTF8.GetBytes(text)).Interactions[0].Response.Body.IsEmpty);
    }

    [Fact]
    public void A_body_that_decodes_to_too_much_is_told() =>
        AssertDamaged(Bombs(257), "interaction 0 is broken: the body decodes to more than 256 MiB");

    [Fact]
    public void Bodies_that_together_decode_to_too_much_are_told() =>
        AssertDamaged(
            Bombs(100, 100, 100, 100),
            "interaction 2 is broken: the bodies up to here decode to more than 256 MiB"
        );

    [Theory]
    [InlineData("httprr trace v1\n99999999999999999999 5\n")]
    [InlineData("httprr trace v1\n2147483647 2147483647\nGET /x HTTP/1.1\r\n")]
    [InlineData("httprr trace v1\n-5 5\nGET /x")]
    [InlineData("httprr trace v1\n12")]
    public void Lengths_in_a_trace_that_cannot_be_are_told(string text) =>
        AssertDamaged(Encoding.ASCII.GetBytes(text), "not a trace of httprr at byte offset 16: ");

    [Fact]
    public void Times_that_add_up_to_too_much_are_as_late_as_an_exchange_can_be()
    {
        const int count = 400_000;
        var chunks = string.Join(',', Enumerable.Repeat("\"data: 1\\n\\n\"", count));
        var gaps = string.Join(',', Enumerable.Repeat("9223372036854775807", count));
        var response = $"{{\"status\":200,\"chunks\":[{chunks}],\"chunkTimings\":[{gaps}]}}";
        var text = $"{{\"recordings\":[{{\"request\":{{\"url\":\"{Url}\"}},\"response\":{response}}}]}}";
        var frames = Open(Encoding.UTF8.GetBytes(text)).Interactions[0].Response.Frames;
        Assert.Equal(TimeSpan.FromDays(30), frames[^1].At);
    }

    [Theory]
    [InlineData("interactions:\n- request: {method: GET, uri: /x}\n  response: {status: {code: 200}}\n", "vcrpy")]
    [InlineData("---\nhttp_interactions: []\n", "ruby-vcr")]
    [InlineData("""{"log":{"entries":[]}}""", "har")]
    [InlineData("""{"choices":[{"message":{"content":"x"}}]}""", "bare-answer")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n", "bare-answer")]
    public void A_byte_order_mark_changes_nothing(string text, string format) =>
        Assert.Equal(format, Open([.. "\uFEFF"u8, .. Encoding.UTF8.GetBytes(text)]).Format);

    [Fact]
    public void A_text_on_which_the_parser_of_YAML_itself_fails_is_an_error_with_a_place()
    {
        var error = Assert.Throws<CassetteException>(() => Open(Encoding.UTF8.GetBytes(FailingYaml)));
        Assert.Equal(CassetteError.CassetteInvalidYaml, error.Error);
        Assert.Contains("not YAML at line ", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Offset!.Value, 0, FailingYaml.Length);
    }

    [Fact]
    public void Reading_a_large_file_for_each_of_its_interactions_is_never_needed()
    {
        var path = _folder.Add("a.har", BuiltExchange.Har([.. Enumerable.Repeat(new BuiltExchange(), 50)]));
        var reads = 0;
        var source = CassetteSource.OfMemory(File.ReadAllBytes(path));
        var index = CassetteIndex.FromExchanges(source, Read, default);
        var cassette = new Cassette(source, CassetteOrigin.OfMemory("a"), "har", index.Summaries);
        using (source.Hold(cassette.Read()))
        {
            foreach (var interaction in cassette.Interactions)
            {
                _ = interaction.Response;
                GC.Collect();
            }
        }

        // Once for the index, once for all views.
        Assert.Equal(2, reads);

        IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> _)
        {
            reads++;
            return [.. Enumerable.Range(0, 50).Select(_ => new ExchangeDraft { Method = "GET", Url = "/x" })];
        }
    }

    private static Cassette Open(byte[] bytes) => CassetteStore.Open(bytes, CassetteOrigin.OfMemory("a"));

    /// <summary>Asserts what is told of a file by name and in a folder, where the others are read.</summary>
    private void AssertDamaged(byte[] bytes, string expected)
    {
        var path = _folder.Add("a.txt", bytes);
        _folder.Add("b.har", BuiltExchange.Har(new BuiltExchange()));
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
        Assert.Equal(CassetteError.CassetteDamaged, error.Error);
        Assert.StartsWith(expected, error.Problem, StringComparison.Ordinal);
        var loads = CassetteStore.Load(CassetteStore.Find(_folder.FullName, recurse: true)).ToList();
        Assert.Equal(error.Message, loads[0].Error?.Message);
        Assert.NotNull(loads[1].Cassette);
    }

    /// <summary>Writes a HTTP archive with a body of so many MiB in each exchange, packed.</summary>
    private static byte[] Bombs(params int[] sizes) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                log = new
                {
                    entries = sizes.Select(size => new
                    {
                        request = new { method = "GET", url = "https://example.com/" },
                        response = new
                        {
                            status = 200,
                            content = new { encoding = "base64", text = Convert.ToBase64String(Packed(size)) },
                        },
                    }),
                },
            }
        );

    private static byte[] Packed(int size)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            var block = new byte[1 << 20];
            for (var i = 0; i < size; i++)
            {
                gzip.Write(block);
            }
        }

        return packed.ToArray();
    }
}
