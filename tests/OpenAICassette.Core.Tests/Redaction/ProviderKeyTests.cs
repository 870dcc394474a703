using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>Random keys of every provider's form, planted where recordings hold text.</summary>
public class ProviderKeyTests
{
    public static TheoryData<string> Rules => PlantedKey.Rules;

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_key_in_a_sentence_is_replaced_and_nothing_else(string rule) =>
        AssertText("Use %SECRET%, please.", rule);

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_key_that_is_all_of_a_text_is_replaced(string rule) => AssertText("%SECRET%", rule);

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_key_after_an_escaped_line_end_is_replaced(string rule) =>
        AssertText("line one\n%SECRET%\nline three", rule);

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_key_between_characters_of_several_bytes_is_replaced(string rule) =>
        AssertText("é😀 \"%SECRET%\" 한", rule);

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_key_in_JSON_inside_a_string_is_replaced(string rule) =>
        AssertText("""{"api":{"token":"%SECRET%"}}""", rule);

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_key_after_an_escaped_line_end_of_JSON_inside_a_string_is_replaced(string rule) =>
        AssertText("""{"code":"import os\n%SECRET%\tend"}""", rule);

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_key_as_a_bearer_token_is_replaced_by_its_own_rule(string rule)
    {
        var key = PlantedKey.Of(rule);
        Assert.Equal(
            "/request/headers/Authorization",
            Planting.InHeader("Authorization", "Bearer %SECRET%", key).AssertOnlyReplaced(key, rule).Pointer
        );
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_key_in_a_URL_is_replaced(string rule)
    {
        var key = PlantedKey.Of(rule);
        var body = new JsonObject { ["input"] = "https://example.com/a/%SECRET%?c=d#e" };
        Assert.Equal("/request/body/input", Planting.Of(body, key).AssertOnlyReplaced(key, rule).Pointer);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_key_inside_a_longer_word_is_left_alone(string rule) =>
        Assert.Empty(Planting.InText("chatsdisk%SECRET%", PlantedKey.Of(rule)).Result.Findings);

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_finding_tells_the_rule_and_the_place_and_never_the_secret(string rule)
    {
        var key = PlantedKey.Of(rule);
        var finding = Assert.Single(Planting.InText("%SECRET%", key).Result.Findings);
        Assert.Equal(("built.json", "/request/body/messages/0/content"), (finding.Path, finding.Pointer));
        var confidence = finding.Confidence == SecretConfidence.High ? string.Empty : " (medium confidence)";
        Assert.Equal($"built.json: /request/body/messages/0/content: {rule}{confidence}", finding.ToString());
        Assert.DoesNotContain(
            key,
            $"{finding.Rule}{finding.Path}{finding.Pointer}{finding.Placeholder}",
            StringComparison.Ordinal
        );
    }

    private static void AssertText(string text, string rule)
    {
        var key = PlantedKey.Of(rule);
        Planting.InText(text, key).AssertOnlyReplaced(key, rule);
    }
}
