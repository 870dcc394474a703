using OpenAICassette.Comparison;

namespace OpenAICassette.Tests;

/// <summary>What a comparison can be told to ignore.</summary>
public class ComparisonOptionsTests
{
    [Theory]
    [InlineData("usage", "usage.total_tokens", true)]
    [InlineData("usage", "response.usage.total_tokens", true)]
    [InlineData("total_tokens", "usage.total_tokens", true)]
    [InlineData("total", "usage.total_tokens", false)]
    [InlineData("choices[*].logprobs", "choices[1].logprobs", true)]
    [InlineData("choices[0]", "choices[0].tool_calls[0].arguments.a", true)]
    [InlineData("choices[0]", "choices[1].content", false)]
    [InlineData("/messages/*/name", "messages[3].name", true)]
    [InlineData("/name", "messages[3].name", false)]
    [InlineData("/messages/3", "messages[3].content", true)]
    [InlineData("/paths/~1v1~01", "paths./v1~1", true)]
    [InlineData("tools.*.description", "tools.f.description", true)]
    public void A_member_is_ignored_by_its_place(string pattern, string place, bool isIgnored) =>
        Assert.Equal(isIgnored, PlacePattern.Parse(pattern).Matches(place));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData(".")]
    public void An_empty_place_is_an_error(string pattern) =>
        Assert.Throws<ArgumentException>(() =>
            CassetteComparer.Compare(Call(), Call(), new ComparisonOptions { IgnoreMembers = [pattern] })
        );

    [Fact]
    public void An_ignored_member_is_no_difference_and_not_told()
    {
        var comparison = CassetteComparer.Compare(Call(), Call(temperature: 1, tokens: 9));
        Assert.Equal(["temperature", "usage.completion_tokens"], comparison.Differences.Select(change => change.Place));
        comparison = CassetteComparer.Compare(
            Call(),
            Call(temperature: 1, tokens: 9),
            new ComparisonOptions { IgnoreMembers = ["usage"] }
        );
        Assert.Equal("temperature 0 → 1", comparison.Summary);
    }

    [Theory]
    [InlineData("date", "On 2026-01-02 it rained.", "On 2027-03-04 it rained.")]
    [InlineData("uuid", "7a0c1c94-64ba-4d5e-9b3a-111111111111", "7a0c1c94-64ba-4d5e-9b3a-222222222222")]
    [InlineData("[a-z]+ing", "It is raining.", "It is snowing.")]
    public void Parts_of_texts_are_ignored_by_a_name_or_a_pattern(string pattern, string before, string after)
    {
        var options = new ComparisonOptions { IgnoreTexts = [pattern] };
        Assert.Equal(ComparisonStatus.Changed, CassetteComparer.Compare(Call(before), Call(after)).Status);
        Assert.Equal(ComparisonStatus.Same, CassetteComparer.Compare(Call(before), Call(after), options).Status);
        Assert.Equal(
            ComparisonStatus.Changed,
            CassetteComparer.Compare(Call(before), Call("Another."), options).Status
        );
    }

    [Theory]
    [InlineData(ComparisonPreset.All, "choices[0].content, temperature, usage.completion_tokens")]
    [InlineData(ComparisonPreset.Meaning, "choices[0].content, temperature")]
    [InlineData(ComparisonPreset.Answer, "choices[0].content")]
    [InlineData(ComparisonPreset.Request, "temperature")]
    public void A_preset_says_which_differences_count(ComparisonPreset preset, string places)
    {
        var comparison = CassetteComparer.Compare(
            Call("Yes."),
            Call("No.", temperature: 1, tokens: 9),
            new ComparisonOptions { Preset = preset }
        );
        Assert.Equal(
            places,
            string.Join(", ", comparison.Differences.Select(change => change.Place).Order(StringComparer.Ordinal))
        );
    }

    [Fact]
    public void The_preset_for_the_meaning_ignores_dates_in_texts() =>
        Assert.Equal(
            ComparisonStatus.Same,
            CassetteComparer
                .Compare(
                    Call("It is 2026-01-02."),
                    Call("It is 2026-01-03.", tokens: 9),
                    new ComparisonOptions { Preset = ComparisonPreset.Meaning }
                )
                .Status
        );

    private static Interaction Call(string content = "Hi", int temperature = 0, int tokens = 1) =>
        BuiltCassette
            .Of(
                new
                {
                    body = new
                    {
                        choices = new[] { new { index = 0, message = new { content } } },
                        usage = new { completion_tokens = tokens },
                    },
                },
                new { temperature, messages = Array.Empty<object>() }
            )
            .Interactions[0];
}
