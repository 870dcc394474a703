namespace OpenAICassette.Tests;

/// <summary>A request may name the host that it is for.</summary>
public class RecordedHostTests
{
    private const string Body = """{"model":"m"}""";
    private const string Chat = BuiltMatcher.Chat;
    private readonly BuiltMatcher _matcher = new BuiltMatcher()
        .Add(Body, $"https://one.example{Chat}", name: "one.json")
        .Add(Body, Chat[1..], name: "any.json")
        .Add(Body, $"https://two.example:8443{Chat}", name: "two.json");

    [Theory]
    [InlineData("one.example", "one.json")]
    [InlineData("ONE.example", "one.json")]
    [InlineData("two.example:8443", "two.json")]
    [InlineData("two.example", "any.json")]
    [InlineData("three.example", "any.json")]
    public void A_recording_of_the_same_host_is_preferred_and_one_without_a_host_answers_for_any(
        string host,
        string played
    )
    {
        var request = BuiltMatcher.Request(Body) with { Host = host, RequiresHost = true };
        Assert.Equal(played, _matcher.Play(request));
        Assert.Equal(played, _matcher.Play(request));
    }

    [Fact]
    public void The_recording_of_another_host_is_not_played_and_the_hosts_are_told()
    {
        var matcher = new BuiltMatcher().Add(Body, $"https://one.example{Chat}");
        var request = BuiltMatcher.Request(Body) with { Host = "two.example", RequiresHost = true };
        Assert.Null(matcher.Play(request));
        Assert.Equal(
            "no recording for the host two.example; recorded are one.example",
            matcher.Explain(request).Reason
        );
    }

    [Fact]
    public void A_client_that_is_answered_whatever_its_host_prefers_recordings_of_that_host()
    {
        var matcher = new BuiltMatcher()
            .Add(Body, $"https://one.example{Chat}", name: "one.json")
            .Add(Body, $"https://two.example{Chat}", name: "two.json");
        Assert.Equal("two.json", matcher.Play(BuiltMatcher.Request(Body) with { Host = "two.example" }));
        Assert.Equal("one.json", matcher.Play(BuiltMatcher.Request(Body) with { Host = "three.example" }));
    }

    [Fact]
    public void A_host_that_a_placeholder_replaced_is_any_host() =>
        Assert.Equal(
            "a.json",
            new BuiltMatcher()
                .Add(Body, $"https://REDACTED_TENANT_1.example{Chat}", name: "a.json")
                .Play(BuiltMatcher.Request(Body) with { Host = "contoso.example", RequiresHost = true })
        );
}
