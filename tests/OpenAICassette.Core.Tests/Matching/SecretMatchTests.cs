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

    [Theory]
    [InlineData("Use REDACTED_MINE_1 now", "Use abc now", true)]
    [InlineData("Use REDACTED_MINE_1 now", "Use two words now", false)]
    [InlineData("Use REDACTED_MINE_1 now", "Use abc later", false)]
    [InlineData("REDACTED_MINE_1", "abc", true)]
    [InlineData("a=REDACTED_MINE_1&b=REDACTED_MINE_2", "a=one&b=two", true)]
    [InlineData("a=REDACTED_MINE_1&b=REDACTED_MINE_1", "a=one&b=one", true)]
    [InlineData("a=REDACTED_MINE_1&b=REDACTED_MINE_1", "a=one&b=two", false)]
    [InlineData("a=REDACTED_MINE_1&b=REDACTED_MINE_2", "a=one&b=one", false)]
    [InlineData("Use REDACTED_MINE_1 now", "Use  now", false)]
    public void A_placeholder_of_a_rule_that_is_not_known_here_matches_one_word_unless_matching_is_strict(
        string recorded,
        string received,
        bool matches
    )
    {
        var matcher = new BuiltMatcher().Add(Body("Another")).Add(Body(recorded));
        Assert.Equal(matches, matcher.Matches(Body(received)));
        Assert.Equal("b.json", matches ? matcher.Play(Body(received)) : "b.json");
        Assert.False(BuiltMatcher.Of(Body(recorded), new MatchOptions { Strict = true }).Matches(Body(received)));
    }

    [Fact]
    public void A_miss_does_not_show_what_stands_where_a_secret_was_recorded()
    {
        const string secret = "hunter2hunter2";
        var matcher = BuiltMatcher.Of(Body("The password REDACTED_MINE_1 opens it"));
        Assert.Equal(
            "messages[0].content: recorded 'The password REDACTED_MINE_1 opens it', got 'The password REDACTED_MINE_1 closes it'",
            matcher.Explain(Body($"The password {secret} closes it")).Reason
        );
        var unplaced = matcher.Explain(Body($"{secret} is the one"));
        Assert.DoesNotContain(secret, $"{unplaced} {unplaced.Differences[0].Received}", StringComparison.Ordinal);
        Assert.Contains("may contain a secret", unplaced.Reason, StringComparison.Ordinal);
        var strict = BuiltMatcher.Of(Body("Use REDACTED_MINE_1"), new MatchOptions { Strict = true });
        Assert.Contains("of another kind", strict.Explain(Body($"Use {secret}")).Reason, StringComparison.Ordinal);
    }

    private static string Scrubbed(string rule) => $"REDACTED_{rule.Replace('-', '_').ToUpperInvariant()}_12";

    private static string Body(string content) =>
        $$"""{"model":"m","messages":[{"role":"user","content":"{{content}}"}]}""";
}
