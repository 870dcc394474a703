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
            byte[] bytes = [.. Pack("deflate", Answer(PlantedKey.Of("openai-api-key") + seed)), 1, 2, 3];
            var text = Quoted(Encode(bytes, isHex: seed % 2 == 0));
            Assert.Equal(text, Scrub(text).GetRawText());
        }
    }

    [Fact]
    public void A_key_in_deflate_that_was_cut_off_is_replaced_and_what_is_left_of_the_text_stays()
    {
        for (var cut = 1; cut <= 40; cut++)
        {
            var key = PlantedKey.Of("openai-api-key");
            var answer = Answer(key) + PlantedKey.Word(60);
            var bytes = Pack("deflate", answer)[..^cut];
            var left = Unpack("deflate", bytes);
            Assert.InRange(left.Length, 100, answer.Length);

            var clean = Decode(Scrub(Quoted(Encode(bytes, isHex: cut % 2 == 0))).GetString()!, isHex: cut % 2 == 0);
            var before = left.IndexOf(key, StringComparison.Ordinal);
            Assert.Equal($"{left[..before]}{Placeholder}{left[(before + key.Length)..]}", Unpack("deflate", clean));
        }
    }

    [Fact]
    public void Bytes_that_begin_as_deflate_and_are_not_text_in_the_end_stay()
    {
        var random = new Random(1);
        for (var seed = 0; seed < 20; seed++)
        {
            var noise = new byte[3000];
            random.NextBytes(noise);
            byte[] mixed = [.. Encoding.UTF8.GetBytes(Answer(PlantedKey.Of("openai-api-key"))), .. noise];
            using var packed = new MemoryStream();
            using (var packer = new DeflateStream(packed, CompressionLevel.Optimal))
            {
                packer.Write(mixed);
            }

            var text = Quoted(Convert.ToBase64String(packed.ToArray().AsSpan(..^50)));
            Assert.Equal(text, Scrub(text).GetRawText());
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
