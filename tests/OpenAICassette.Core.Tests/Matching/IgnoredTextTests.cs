namespace OpenAICassette.Tests;

public class IgnoredTextTests
{
    [Theory]
    [InlineData("date", "It is 2026-11-28 now", "It is 2027-01-02 now", true)]
    [InlineData("date", "At 2026-11-28T10:11:12.5Z it", "At 2027-01-02 13:14:15 +01:00 it", true)]
    [InlineData("DATE", "Sat, 28 Nov 2026 10:11:12 GMT", "Sunday 6 December 2026", true)]
    [InlineData("date", "It is 12 now", "It is 13 now", false)]
    [InlineData("duration", "Wall time: 1.25 seconds", "Wall time: 13 seconds", true)]
    [InlineData("duration", "{'duration_seconds':0.3,'n':1}", "{'duration_seconds':12.25,'n':1}", true)]
    [InlineData("duration", "{'duration_seconds':0.3,'n':1}", "{'duration_seconds':0.3,'n':2}", false)]
    [InlineData("duration", "took 5ms", "took 6 apples", false)]
    [InlineData("path", "Read /home/ann/project/a.txt.", "Read /tmp/x1/a.txt.", true)]
    [InlineData("path", @"Read C:\\Users\\ann\\a.txt", @"Read D:\\b\\a.txt", true)]
    [InlineData("path", "and/or", "or/and", false)]
    [InlineData("uuid", "turn 0f8fad5b-d9cb-469f-a165-70867728950e", "turn 7c9e6679-7425-40de-944b-e07fc1f90ae7", true)]
    [InlineData("claude-code", "cc_version=2.1; cch=ed2da;", "cc_version=2.1; cch=90064;", true)]
    [InlineData("claude-code", "cc_version=2.1; cch=ed2da;", "cc_version=2.2; cch=ed2da;", false)]
    [InlineData("codex", "Chunk ID: bffb96\\nWall time: 0.1 seconds", "Chunk ID: 0a1b2c\\nWall time: 2 seconds", true)]
    [InlineData("codex", "Process exited with code 0", "Process exited with code 1", false)]
    [InlineData(@"turn_\w+", "In turn_a1", "In turn_b2", true)]
    [InlineData(@"turn_\w+", "In turn_a1", "In step_b2", false)]
    public void A_part_that_changes_does_not_count_unless_matching_is_strict(
        string pattern,
        string recorded,
        string received,
        bool matches
    )
    {
        var options = new MatchOptions { IgnoreTexts = [pattern] };
        (recorded, received) = (
            recorded.Replace("'", "\\\"", StringComparison.Ordinal),
            received.Replace("'", "\\\"", StringComparison.Ordinal)
        );
        Assert.Equal(matches, BuiltMatcher.Of(Body(recorded), options).Matches(Body(received)));
        Assert.False(BuiltMatcher.Of(Body(recorded)).Matches(Body(received)));
        Assert.False(BuiltMatcher.Of(Body(recorded), options with { Strict = true }).Matches(Body(received)));
    }

    [Fact]
    public void A_miss_names_what_else_differs()
    {
        var options = new MatchOptions { IgnoreTexts = ["uuid", "date"] };
        var recorded =
            $$"""{"input":[{"role":"user","content":"On 2026-11-28 {{Guid.NewGuid()}}"},{"role":"user","content":"Hi"}]}""";
        var received =
            $$"""{"input":[{"role":"user","content":"On 2026-11-29 {{Guid.NewGuid()}}"},{"role":"user","content":"Ho"}]}""";
        var miss = BuiltMatcher.Of(recorded, options).Explain(received);
        var difference = Assert.Single(miss.Differences);
        Assert.Equal("/input/1/content", difference.Pointer);
    }

    [Fact]
    public void A_secret_and_a_date_in_one_text_do_not_count()
    {
        var options = new MatchOptions { IgnoreTexts = ["date"] };
        Assert.True(
            BuiltMatcher.Of(Body("Use REDACTED_MINE_1 on 2026-11-28"), options).Matches(Body("Use abc on 2026-11-29"))
        );
    }

    [Theory]
    [InlineData("(")]
    [InlineData("(?=a)b")]
    [InlineData(@"(a)\1")]
    public void What_is_no_pattern_is_refused(string pattern) =>
        Assert.Contains(
            $"'{pattern}' is neither claude-code, codex, date, duration, path, uuid nor a regular expression",
            Assert
                .Throws<ArgumentException>(() =>
                    new BuiltMatcher(new MatchOptions { IgnoreTexts = [pattern] }).Add("{}")
                )
                .Message,
            StringComparison.Ordinal
        );

    private static string Body(string content) => $$"""{"model":"m","input":"{{content}}"}""";
}
