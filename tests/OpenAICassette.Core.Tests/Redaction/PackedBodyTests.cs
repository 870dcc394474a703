using System.IO.Compression;
using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

/// <summary>Bodies that a recorder kept packed are searched, and packed again without their secrets.</summary>
[Collection(nameof(ZstdTests))]
public sealed class PackedBodyTests
{
    private const string Placeholder = "REDACTED_OPENAI_API_KEY_1";

    [Theory]
    [InlineData("gzip", false)]
    [InlineData("gzip", true)]
    [InlineData("zlib", false)]
    [InlineData("zlib", true)]
    [InlineData("zstd", false)]
    [InlineData("zstd", true)]
    [InlineData("br", false)]
    [InlineData("br", true)]
    [InlineData("deflate", false)]
    [InlineData("deflate", true)]
    public void A_key_in_it_is_replaced_and_the_rest_stays(string coding, bool isHex)
    {
        var clean = Scrub(Quoted(Encode(Pack(coding, Answer(PlantedKey.Of("openai-api-key"))), isHex)));
        Assert.Equal(Answer(Placeholder), Unpack(coding, Decode(clean.GetString()!, isHex)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_pieces_that_the_network_gave_are_one_body(bool isHex)
    {
        var bytes = Pack("gzip", Answer(PlantedKey.Of("openai-api-key")));
        string[] pieces = [Encode(bytes[..40], isHex), Encode(bytes[40..100], isHex), Encode(bytes[100..], isHex)];
        var clean = Scrub($"[{string.Join(',', pieces.Select(Quoted))}]");

        var cleaned = clean.EnumerateArray().Select(piece => Decode(piece.GetString()!, isHex)).ToList();
        Assert.Equal(pieces.Length, cleaned.Count);
        Assert.DoesNotContain(cleaned, piece => piece.Length == 0);
        Assert.Equal(Answer(Placeholder), Unpack("gzip", [.. cleaned.SelectMany(piece => piece)]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pieces_without_a_secret_stay(bool isHex)
    {
        var bytes = Pack("gzip", Answer("none"));
        var array = $"[{Quoted(Encode(bytes[..40], isHex))},{Quoted(Encode(bytes[40..], isHex))}]";
        Assert.Equal(array, Scrub(array).GetRawText());
    }

    [Fact]
    public void Bytes_after_deflate_are_no_part_of_a_text()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var bytes = Pack("deflate", Answer(PlantedKey.Of("openai-api-key") + seed));
            foreach (
                var other in (byte[][])
                    [
                        [.. bytes, 1, 2, 3],
                        bytes[..^1],
                    ]
            )
            {
                var text = Quoted(Encode(other, isHex: seed % 2 == 0));
                Assert.Equal(text, Scrub(text).GetRawText());
            }
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zlib")]
    public void A_damaged_body_is_told(string coding)
    {
        var bytes = Pack(coding, string.Concat(Enumerable.Range(0, 9000).Select(line => $"line {line} of it\n")));
        bytes.AsSpan(bytes.Length / 2, 40).Fill(0xff);
        var error = Assert.Throws<CassetteException>(() => Scrub(Quoted(Encode(bytes, isHex: false))));
        Assert.Equal(CassetteError.CassetteNotSearched, error.Error);
        Assert.Contains("a packed text is damaged after", error.Message, StringComparison.Ordinal);
    }

    private static string Answer(string key) =>
        $$$"""{"choices":[{"index":0,"message":{"role":"assistant","content":"The key is {{{key}}}, they said."}}]}""";

    private static JsonElement Scrub(string value) =>
        JsonDocument
            .Parse(new Redactor().RedactRequest(Encoding.UTF8.GetBytes($$"""{"data":{{value}}}""")))
            .RootElement.GetProperty("data");

    private static string Quoted(string text) => $"\"{text}\"";

    private static string Encode(byte[] bytes, bool isHex) =>
        isHex ? Convert.ToHexStringLower(bytes) : Convert.ToBase64String(bytes);

    private static byte[] Decode(string text, bool isHex) =>
        isHex ? Convert.FromHexString(text) : Convert.FromBase64String(text);

    private static byte[] Pack(string coding, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (coding == "zstd")
        {
            return ContentCoding.Zstd!.Pack(bytes);
        }

        using var result = new MemoryStream();
        using (
            Stream packer = coding switch
            {
                "gzip" => new GZipStream(result, CompressionLevel.Optimal),
                "zlib" => new ZLibStream(result, CompressionLevel.Optimal),
                "deflate" => new DeflateStream(result, CompressionLevel.Optimal),
                _ => new BrotliStream(result, CompressionLevel.Optimal),
            }
        )
        {
            packer.Write(bytes);
        }

        return result.ToArray();
    }

    private static string Unpack(string coding, byte[] bytes)
    {
        var source = new MemoryStream(bytes);
        using Stream stream = coding switch
        {
            "gzip" => new GZipStream(source, CompressionMode.Decompress),
            "zlib" => new ZLibStream(source, CompressionMode.Decompress),
            "deflate" => new DeflateStream(source, CompressionMode.Decompress),
            "zstd" => ContentCoding.Zstd!.Open(source),
            _ => new BrotliStream(source, CompressionMode.Decompress),
        };
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
