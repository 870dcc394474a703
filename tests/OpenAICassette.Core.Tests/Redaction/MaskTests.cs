using System.Text;

namespace OpenAICassette.Tests;

/// <summary>The letter x stands in for a key in documentation, and by chance in real keys.</summary>
public sealed class MaskTests
{
    [Fact]
    public void A_key_with_four_x_by_chance_is_a_key()
    {
        var key = PlantedKey.Of("groq-api-key");
        Assert.Contains("REDACTED_", Redacted(key[..20] + "xXXx" + key[24..]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gsk_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("gsk_7aXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX9Kq2")]
    public void A_masked_key_is_not(string masked) => Assert.Equal(masked, Redacted(masked));

    private static string Redacted(string text)
    {
        var clean = new Redactor().RedactRequest(Encoding.UTF8.GetBytes($$"""{"a":"{{text}}"}"""));
        return System.Text.Json.JsonDocument.Parse(clean).RootElement.GetProperty("a").GetString()!;
    }
}
