using System.Text;
using OpenAICassette.Text;
using ZstdSharp;

namespace OpenAICassette.Tests;

/// <summary>Bodies that are packed with zstd, with the decoder and without it. The decoder is a setting of the process.</summary>
[Collection(nameof(ZstdTests))]
public sealed class ZstdTests : IDisposable
{
    private const string Answer =
        """{"choices":[{"index":0,"message":{"role":"assistant","content":"Hey"},"finish_reason":"stop"}]}""";

    private readonly TempFolder _folder = new();
    private readonly IZstdDecoder? _decoder = ContentCoding.Zstd;

    public void Dispose()
    {
        ContentCoding.Zstd = _decoder;
        _folder.Dispose();
    }

    [Fact]
    public void A_body_is_decoded_by_its_bytes_and_kept_as_recorded()
    {
        var response = Open(Packed()).Interactions[0].Response;
        Assert.Equal(Answer, response.Body.Text);
        Assert.Equal("zstd", response.Body.Coding);
        Assert.Equal(Packed(), response.Body.Recorded.ToArray());
    }

    [Fact]
    public void A_body_that_is_broken_stays_as_recorded()
    {
        var broken = Packed()[..20];
        Assert.Equal(broken, Open(broken).Interactions[0].Response.Body.Bytes.ToArray());
    }

    [Fact]
    public void Without_the_decoder_the_cassette_is_listed_and_the_body_is_an_error_that_names_the_place()
    {
        ContentCoding.Zstd = null;
        var interaction = Open(Packed()).Interactions[0];
        Assert.Equal(200, interaction.Summary.Status);
        Assert.True(interaction.Request.Body.IsEmpty);
        var error = Assert.Throws<CassetteException>(() => interaction.Response);
        Assert.Equal(CassetteError.DecoderUnavailable, error.Error);
        Assert.Contains(
            "the body of the response of interaction 0 is packed with zstd, which is not available here: "
                + "add the package OpenAICassette.Decoders",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Without_the_decoder_a_search_for_secrets_is_an_error()
    {
        var cassette = Open(Packed());
        Assert.Empty(new Redactor().Find(cassette));
        ContentCoding.Zstd = null;
        var error = Assert.Throws<CassetteException>(() => new Redactor().Find(cassette));
        Assert.Equal(CassetteError.CassetteNotSearched, error.Error);
        Assert.Contains("packed with zstd", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Packed()
    {
        using var compressor = new Compressor();
        return compressor.Wrap(Encoding.UTF8.GetBytes(Answer)).ToArray();
    }

    private Cassette Open(byte[] body) =>
        CassetteStore.Open(
            _folder.Add(
                "a.yaml",
                Encoding.UTF8.GetBytes(
                    "interactions:\n- request: {body: null, headers: {}, method: GET, uri: 'https://api.openai.com/v1/x'}\n"
                        + $"  response:\n    body: {{string: !!binary {Convert.ToBase64String(body)}}}\n"
                        + "    headers: {content-encoding: [zstd]}\n    status: {code: 200, message: OK}\nversion: 1\n"
                )
            )
        );
}

/// <summary>Runs while no other test does, because the tests take the decoder away.</summary>
[CollectionDefinition(nameof(ZstdTests), DisableParallelization = true)]
public sealed class ZstdCollection;
