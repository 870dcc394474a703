using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>
/// A miss is shown in terminals and logs, so what a client sends must not take them over, nor fill them.
/// </summary>
public class HostileMissTests
{
    private const int LongestValue = 1_000;
    private const int LongestMessage = 600;

    public static TheoryData<string> Texts =>
        [
            "line\nbreak\r\n\ttab",
            "\u001b[2J\u001b[31mred",
            "bell\a null\0 delete\u007f",
            "\u0085next \u009bcsi",
            new string('A', 1_000_000),
            string.Concat(Enumerable.Repeat("😀", 3_000)),
            "x" + string.Concat(Enumerable.Repeat("😀", 3_000)),
            "\u202eright to left",
            "line\u2028separator",
            "",
            "'",
            "…",
        ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_in_any_place_is_shown_short_and_on_one_line(string text)
    {
        var quoted = JsonSerializer.Serialize(text);
        const string plain =
            """{"model":"m","messages":[{"role":"user","content":"c"}],"tools":[{"type":"function","function":{"name":"f"}}]}""";
        string[] bodies =
        [
            plain.Replace("\"m\"", quoted, StringComparison.Ordinal),
            plain.Replace("\"c\"", quoted, StringComparison.Ordinal),
            plain.Replace("\"f\"", quoted, StringComparison.Ordinal),
            plain.Replace("\"user\"", quoted, StringComparison.Ordinal),
            plain.Replace(
                "{\"model\"",
                $"{{{JsonSerializer.Serialize("n" + text)}:1,\"model\"",
                StringComparison.Ordinal
            ),
            plain.Replace(
                "}],\"tools\"",
                $"}},{{\"role\":{quoted},\"content\":{quoted}}}],\"tools\"",
                StringComparison.Ordinal
            ),
            plain.Replace(
                "\"c\"",
                $"[{{\"type\":\"image_url\",\"image_url\":{{\"url\":{quoted}}}}}]",
                StringComparison.Ordinal
            ),
            quoted,
        ];
        Assert.All(bodies, body =>
        {
            AssertTame(BuiltMatcher.Of(plain).Explain(body));
            AssertTame(BuiltMatcher.Of(body).Explain(plain));
        });
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void So_are_a_path_and_the_names_of_a_test_and_of_a_cassette(string text)
    {
        var matcher = BuiltMatcher.Of("{}");
        AssertTame(matcher.Explain(BuiltMatcher.Request("{}", "/v1/" + text.Replace('?', '-') + "/x")));
        AssertTame(matcher.Explain(BuiltMatcher.Request("{}") with { TestId = "t" + text }));
        AssertTame(matcher.Explain(BuiltMatcher.Request("{}") with { Cassette = "c" + text }));
    }

    [Fact]
    public void A_value_for_programs_is_cut_at_a_thousand_characters_and_not_before()
    {
        var (fits, cut) = (new string('a', LongestValue), new string('b', LongestValue + 1));
        var difference = Assert.Single(
            BuiltMatcher.Of($$"""{"prompt":"{{fits}}"}""").Explain($$"""{"prompt":"{{cut}}"}""").Differences
        );
        Assert.Equal(fits, difference.Recorded);
        Assert.Equal(cut[..(LongestValue - 1)] + "…", difference.Received);
    }

    [Fact]
    public void Deep_nesting_is_compared_without_harm()
    {
        string Nested(string inner) =>
            string.Concat(Enumerable.Repeat("{\"a\":[", 40)) + inner + string.Concat(Enumerable.Repeat("]}", 40));
        var miss = BuiltMatcher.Of(Nested("1")).Explain(Nested("2"));
        Assert.EndsWith(": recorded 1, got 2", miss.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_messages_more_are_compared_without_harm()
    {
        string Messages(int count, string word) =>
            $"{{\"messages\":[{string.Join(',', Enumerable.Range(0, count).Select(i => $"{{\"role\":\"user\",\"content\":\"{word} {i}\"}}"))}]}}";
        var miss = BuiltMatcher.Of(Messages(1_500, "old")).Explain(Messages(2_000, "new"));
        Assert.Equal((2_000, 20, false), (miss.DifferenceCount, miss.Differences.Count, miss.IsPartial));
        Assert.EndsWith("\n  … and 1980 more", miss.ToString(), StringComparison.Ordinal);
    }

    private static void AssertTame(MissReport miss)
    {
        Assert.InRange(miss.Message.Length, 1, LongestMessage);
        Assert.DoesNotContain(miss.Message, char.IsControl);
        Assert.Equal(miss.Message, string.Concat(miss.Message.EnumerateRunes()));
        Assert.All(miss.ToString().Split('\n'), line =>
        {
            Assert.InRange(line.Length, 1, LongestMessage);
            Assert.DoesNotContain(line, c => char.IsControl(c) || c is '\u202e' or '\u2028');
        });
        Assert.All(miss.Differences, difference =>
        {
            Assert.InRange(difference.Recorded?.Length ?? 0, 0, LongestValue);
            Assert.InRange(difference.Received?.Length ?? 0, 0, LongestValue);
        });
    }
}
