namespace OpenAICassette.Tests;

/// <summary>
/// A cassette was scrubbed; the client still sends the secret. Every secret here is made up as the test runs.
/// </summary>
public class SecretMatchTests
{
    [Theory]
    [MemberData(nameof(PlantedKey.Rules), MemberType = typeof(PlantedKey))]
    public void A_placeholder_matches_any_secret_of_its_rule(string rule)
    {
        var matcher = BuiltMatcher.Of(Body($"Use {Scrubbed(rule)} now"), new MatchOptions { Strict = true });
        Assert.True(matcher.Matches(Body($"Use {PlantedKey.Of(rule)} now")));
        Assert.True(matcher.Matches(Body($"Use {Scrubbed(rule)} now")));
        Assert.False(
            matcher.Matches(Body($"Use {PlantedKey.Of(rule == "groq-api-key" ? "npm-token" : "groq-api-key")} now"))
        );
        Assert.False(matcher.Matches(Body($"Use {PlantedKey.Of(rule)} later")));
        Assert.False(matcher.Matches(Body("Use now")));
    }

    [Theory]
    [MemberData(nameof(PlantedKey.Rules), MemberType = typeof(PlantedKey))]
    public void A_cassette_that_still_holds_the_secret_matches_another_one_too(string rule) =>
        Assert.True(
            BuiltMatcher.Of(Body($"Use {PlantedKey.Of(rule)} now")).Matches(Body($"Use {PlantedKey.Of(rule)} now"))
        );

    [Fact]
    public void What_was_equal_must_be_equal_and_what_was_not_must_not()
    {
        var (one, other) = (PlantedKey.Of("groq-api-key"), PlantedKey.Of("groq-api-key"));
        var matcher = BuiltMatcher.Of(
            Body("REDACTED_GROQ_API_KEY_7 REDACTED_GROQ_API_KEY_3 REDACTED_GROQ_API_KEY_7"),
            new MatchOptions { Strict = true }
        );
        Assert.True(matcher.Matches(Body($"{one} {other} {one}")));
        Assert.True(matcher.Matches(Body($"{other} {one} {other}")));
        Assert.False(matcher.Matches(Body($"{one} {other} {other}")));
        Assert.False(matcher.Matches(Body($"{one} {one} {one}")));
        Assert.False(matcher.Matches(Body($"{one} {other} {PlantedKey.Of("groq-api-key")}")));
    }

    [Fact]
    public void Secrets_are_told_apart_across_members_whatever_their_order()
    {
        var (one, other) = (PlantedKey.Of("openai-api-key"), PlantedKey.Of("openai-api-key"));
        string Of(string a, string b, string c) => $$"""{"b":{"z":"{{a}}","a":"{{b}}"},"a":"{{c}}"}""";
        var matcher = BuiltMatcher.Of(
            Of("REDACTED_OPENAI_API_KEY_1", "REDACTED_OPENAI_API_KEY_2", "REDACTED_OPENAI_API_KEY_1"),
            new MatchOptions { Strict = true }
        );
        Assert.True(matcher.Matches(Of(one, other, one)));
        Assert.True(matcher.Matches(BuiltMatcher.Reversed(Of(one, other, one))));
        Assert.False(matcher.Matches(Of(one, other, other)));
        Assert.False(matcher.Matches(BuiltMatcher.Reversed(Of(one, other, other))));
        Assert.Equal(
            "the ids that link tool calls with their results, or the placeholders of secrets, repeat in different places",
            matcher.Explain(Of(one, other, other)).Reason
        );
    }

    [Fact]
    public void A_miss_tells_no_secret_of_the_request_or_of_the_recording()
    {
        var (recorded, received, inPath, inQuery) = (
            PlantedKey.Of("openai-api-key"),
            PlantedKey.Of("openai-api-key"),
            PlantedKey.Of("groq-api-key"),
            PlantedKey.Of("google-api-key")
        );
        var matcher = new BuiltMatcher(new MatchOptions { Strict = true })
            .Add(Body($"Use {recorded} now, and think"), $"/v1/chat/completions?access_token={recorded}")
            .Add("{}", $"/v1/files?token={recorded}&limit=1", "GET");
        MissReport[] misses =
        [
            matcher.Explain(
                BuiltMatcher.Request(
                    Body($"Use {received} later, and think"),
                    $"/base/{inPath}/v1/chat/completions?access_token={inQuery}"
                )
            ),
            matcher.Explain(BuiltMatcher.Request(Body($"{received}{received}"), "/v1/chat/completions")),
            matcher.Explain(BuiltMatcher.Request("", $"/v1/files?token={inQuery}&limit=2", "GET")),
            matcher.Explain(BuiltMatcher.Request("", $"/v1/{inPath}")),
            matcher.Explain(
                BuiltMatcher.Request(
                    """{"tools":[{"type":"function","function":{"name":"%"}}]}""".Replace(
                        "%",
                        received,
                        StringComparison.Ordinal
                    )
                )
            ),
        ];
        Assert.All(misses, miss =>
        {
            var told = string.Join(
                '\n',
                miss.Differences.Select(difference =>
                        $"{difference.Message} {difference.Pointer} {difference.Recorded} {difference.Received}"
                    )
                    .Append($"{miss} {miss.Message} {miss.Path}")
            );
            Assert.All([recorded, received, inPath, inQuery], secret =>
                Assert.DoesNotContain(secret[^20..], told, StringComparison.Ordinal)
            );
        });
        Assert.Contains("REDACTED_GROQ_API_KEY_1", misses[0].Path, StringComparison.Ordinal);
        Assert.Contains("limit=2", misses[2].Reason, StringComparison.Ordinal);
    }

    private static string Scrubbed(string rule) => $"REDACTED_{rule.Replace('-', '_').ToUpperInvariant()}_12";

    private static string Body(string content) =>
        $$"""{"model":"m","messages":[{"role":"user","content":"{{content}}"}]}""";
}
