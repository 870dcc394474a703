using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

public class VolatileMemberTests
{
    private const string Plain =
        """{"model":"m","messages":[{"role":"user","content":"Hi","name":"Ann"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"a":1}}}]}""";

    public static TheoryData<string> Volatile => [.. MatchOptions.VolatileMembers];

    [Theory]
    [MemberData(nameof(Volatile))]
    public void A_volatile_member_does_not_count_unless_matching_is_strict(string pointer)
    {
        var (one, other) = (With(pointer, "one"), With(pointer, "other"));
        Assert.True(BuiltMatcher.Of(one).Matches(other));
        Assert.True(BuiltMatcher.Of(one).Matches(Plain) || pointer.LastIndexOf('/') > 0);
        Assert.True(BuiltMatcher.Of(one, new MatchOptions { Strict = true }).Matches(one));
        Assert.False(BuiltMatcher.Of(one, new MatchOptions { Strict = true }).Matches(other));
    }

    [Theory]
    [MemberData(nameof(Volatile))]
    public void A_member_of_that_name_elsewhere_counts(string pointer) =>
        Assert.False(BuiltMatcher.Of(With("/tools/0" + pointer, "one")).Matches(With("/tools/0" + pointer, "other")));

    [Theory]
    [InlineData("/temperature")]
    [InlineData("/max_tokens")]
    [InlineData("/model")]
    [InlineData("/tool_choice")]
    [InlineData("/options/temperature")]
    public void What_changes_the_answer_counts(string pointer) =>
        Assert.False(BuiltMatcher.Of(With(pointer, "one")).Matches(With(pointer, "other")));

    [Fact]
    public void An_exact_recording_is_played_before_one_that_differs_in_what_is_volatile()
    {
        var matcher = new BuiltMatcher().Add("""{"model":"m","seed":1}""").Add("""{"model":"m","seed":2}""");
        Assert.Equal("b.json", matcher.Play("""{"seed":2,"model":"m"}"""));
        Assert.Equal("a.json", matcher.Play("""{"seed":1,"model":"m"}"""));
        Assert.Equal("b.json", matcher.Play("""{"seed":2,"model":"m"}"""));
        Assert.Equal("b.json", matcher.Play("""{"seed":3,"model":"m"}"""));
    }

    [Theory]
    [InlineData("""{"model":"m","top_p":null}""", """{"model":"m"}""")]
    [InlineData("""{"model":"m"}""", """{"model":"m","tools":null}""")]
    [InlineData(
        """{"model":"m","messages":[{"content":"x","name":null}]}""",
        """{"model":"m","messages":[{"content":"x"}]}"""
    )]
    [InlineData("""{"model":"m","stream":false}""", """{"model":"m"}""")]
    public void What_is_null_or_says_what_holds_anyway_does_not_count_unless_matching_is_strict(
        string recorded,
        string received
    )
    {
        Assert.True(BuiltMatcher.Of(recorded).Matches(received));
        var miss = BuiltMatcher.Of(recorded, new MatchOptions { Strict = true }).Explain(received);
        Assert.Equal(
            "they differ only in what strict matching compares: null members, stream: false, ids, a single text part instead of its text",
            miss.Reason
        );
        Assert.Empty(miss.Differences);
    }

    [Theory]
    [InlineData("/temperature", "/temperature")]
    [InlineData("temperature", "/temperature")]
    [InlineData("/messages/0/name", "/messages/0/name")]
    [InlineData("/messages/*/name", "/messages/0/name")]
    [InlineData("/*/*/name", "/messages/0/name")]
    [InlineData("/messages/0", "/messages/0/name")]
    [InlineData("/messages/*", "/messages/0/name")]
    [InlineData("/messages", "/messages/0/name")]
    [InlineData("/tools/*/function/parameters", "/tools/0/function/parameters/a")]
    [InlineData("/tools/*/function/*/a", "/tools/0/function/parameters/a")]
    [InlineData("/a~1b", "/a~1b")]
    [InlineData("/a~0b", "/a~0b")]
    [InlineData("/a~01b", "/a~01b")]
    [InlineData("/a b/é", "/a b/é")]
    public void A_member_that_is_to_be_ignored_does_not_count(string ignored, string changed)
    {
        var options = new MatchOptions { IgnoreMembers = [ignored] };
        var (one, other) = (With(changed, "one"), With(changed, "other"));
        Assert.False(BuiltMatcher.Of(one).Matches(other));
        Assert.True(BuiltMatcher.Of(one, options).Matches(other));

        var miss = BuiltMatcher.Of(one, options).Explain(With("/model", "another", other));
        Assert.Equal("model: recorded 'm', got 'another'", Assert.Single(miss.Differences).Message);
    }

    [Theory]
    [InlineData("/messages/1/name", "/messages/0/name")]
    [InlineData("/messages/name", "/messages/0/name")]
    [InlineData("/*", "/messages/0/name", true)]
    [InlineData("/name", "/messages/0/name")]
    [InlineData("/Temperature", "/temperature")]
    [InlineData("/a/b", "/a~1b")]
    public void A_pointer_that_leads_elsewhere_changes_nothing(string ignored, string changed, bool matches = false) =>
        Assert.Equal(
            matches,
            BuiltMatcher
                .Of(With(changed, "one"), new MatchOptions { IgnoreMembers = [ignored] })
                .Matches(With(changed, "other"))
        );

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public void A_pointer_to_the_whole_body_is_refused(string pointer)
    {
        var error = Assert.Throws<ArgumentException>(() =>
            BuiltMatcher.Of("{}", new MatchOptions { IgnoreMembers = [pointer] })
        );
        Assert.StartsWith(
            $"'{pointer}' does not name a member. Use for example /metadata or /messages/*/name.",
            error.Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>The plain body with a value at a place, which is made where there is none.</summary>
    private static string With(string pointer, string value, string body = Plain)
    {
        var steps = pointer[1..]
            .Split('/')
            .Select(step =>
                step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
            )
            .ToList();
        var root = JsonNode.Parse(body)!;
        var node = root;
        foreach (var step in steps[..^1])
        {
            node = node is JsonArray array ? array[int.Parse(step, null)]! : node[step] ??= new JsonObject();
        }

        node[steps[^1]] = value;
        return root.ToJsonString();
    }
}
