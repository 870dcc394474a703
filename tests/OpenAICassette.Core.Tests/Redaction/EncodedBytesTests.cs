using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Base64 and hexadecimal digits of text that is not UTF-8, such as a recorded answer in ISO 8859-1.</summary>
public sealed class EncodedBytesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_key_in_text_of_another_encoding_is_replaced_and_the_other_bytes_stay(bool asHex)
    {
        var key = PlantedKey.Of("openai-api-key");
        var text = Encoding.Latin1.GetBytes($"Schlüssel für Zürich: {key}, gültig für öffentliche Zwecke");
        var clean = Scrub(asHex ? Convert.ToHexStringLower(text) : Convert.ToBase64String(text));

        var bytes = asHex ? Convert.FromHexString(clean) : Convert.FromBase64String(clean);
        Assert.Equal(
            "Schlüssel für Zürich: REDACTED_OPENAI_API_KEY_1, gültig für öffentliche Zwecke",
            Encoding.Latin1.GetString(bytes)
        );
    }

    [Fact]
    public void Bytes_that_are_not_text_stay()
    {
        var bytes = new byte[4096];
        new Random(1).NextBytes(bytes);
        "plain text at first, "u8.CopyTo(bytes);
        var encoded = Convert.ToBase64String(bytes);

        Assert.Equal(encoded, Scrub(encoded));
    }

    private static string Scrub(string content)
    {
        var document = Encoding.UTF8.GetBytes($$"""{"data":"{{content}}"}""");
        var clean = new Redactor().RedactRequest(document);
        return System.Text.Json.JsonDocument.Parse(clean).RootElement.GetProperty("data").GetString()!;
    }
}
