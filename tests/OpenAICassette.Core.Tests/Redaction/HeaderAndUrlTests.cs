using System.Text;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

public class HeaderAndUrlTests
{
    [Theory]
    [InlineData("authorization", "Bearer %SECRET%", "authorization")]
    [InlineData("Authorization", "%SECRET%", "authorization")]
    [InlineData("PROXY-AUTHORIZATION", "Basic %SECRET%", "authorization")]
    [InlineData("x-api-key", "%SECRET%", "api-key-header")]
    [InlineData("api-key", " %SECRET% ", "api-key-header")]
    [InlineData("X-Goog-Api-Key", "%SECRET%", "api-key-header")]
    [InlineData("Ocp-Apim-Subscription-Key", "%SECRET%", "api-key-header")]
    [InlineData("cookie", "session=%SECRET%", "cookie")]
    [InlineData("Set-Cookie", "session=%SECRET%; Path=/; HttpOnly", "cookie")]
    public void Only_the_secret_of_a_header_is_replaced(string name, string value, string rule)
    {
        var word = PlantedKey.Word();
        Assert.Equal(
            $"/request/headers/{name}",
            Planting.InHeader(name, value, word).AssertOnlyReplaced(word, rule).Pointer
        );
    }

    [Fact]
    public void Every_cookie_is_replaced_and_their_names_stay()
    {
        var planting = Planting.InHeader("Cookie", "a=%SECRET%; b=other" + PlantedKey.Word(), PlantedKey.Word());
        Assert.Equal(2, planting.Result.Findings.Count);
        Assert.Contains(
            "\"a=REDACTED_COOKIE_1; b=REDACTED_COOKIE_2\"",
            Encoding.UTF8.GetString(planting.Clean),
            StringComparison.Ordinal
        );
        planting.AssertCleanAgain();
    }

    [Fact]
    public void The_secret_of_a_header_with_several_values_is_replaced()
    {
        var word = PlantedKey.Word();
        var body = new JsonObject
        {
            ["headers"] = new JsonObject { ["authorization"] = new JsonArray("Bearer %SECRET%") },
        };
        Assert.Equal(
            "/request/body/headers/authorization/0",
            Planting.Of(body, word).AssertOnlyReplaced(word, "authorization").Pointer
        );
    }

    [Fact]
    public void A_header_of_which_a_part_looks_like_a_provider_s_key_goes_whole()
    {
        var tail = PlantedKey.Word();
        var planting = Planting.InHeader("x-api-key", $"team.%SECRET%.{tail}", PlantedKey.Of("groq-api-key"));
        Assert.DoesNotContain(tail, Encoding.UTF8.GetString(planting.Clean), StringComparison.Ordinal);
        planting.AssertCleanAgain();
    }

    [Theory]
    [InlineData("https://user:%SECRET%@example.com/x", "url-password")]
    [InlineData("see postgres://me:%SECRET%@db:5432/x now", "url-password")]
    [InlineData("https://example.com/x?api_key=%SECRET%&a=b", "url-credential")]
    [InlineData("https://example.com/x?a=b&access-token=%SECRET%#c", "url-credential")]
    [InlineData("https://example.com/x?Client_Secret=%SECRET%", "url-credential")]
    [InlineData("https://example.com/x?key=%SECRET%", "url-credential")]
    public void Only_the_secret_of_a_URL_is_replaced(string url, string rule)
    {
        var word = PlantedKey.Word();
        Planting.InText(url, word).AssertOnlyReplaced(word, rule);
    }

    [Theory]
    [InlineData("https://example.com/x?key=short&token_count=12")]
    [InlineData("https://example.com:8080/a@b")]
    [InlineData("mailto:someone@example.com and 12:30@noon")]
    [InlineData("task-management-for-people-1234567890")]
    [InlineData("hf_hub_download and npm_config_registry and sk-learn")]
    [InlineData("max_tokens=100&api_key=")]
    public void What_only_looks_like_a_secret_is_left_alone(string text) =>
        Assert.Empty(Planting.InText(text, string.Empty).Result.Findings);
}
