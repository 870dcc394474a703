namespace OpenAICassette.Tests;

/// <summary>What a miss says, for every kind of difference.</summary>
public class MissWordsTests
{
    private const string Talk = """
        {"model":"m","temperature":0.7,"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Repeat it in all caps."}],
         "tools":[{"type":"function","function":{"name":"get_weather","description":"Weather.","parameters":{"type":"object"}}},{"type":"function","function":{"name":"get_time"}}]}
        """;

    [Theory]
    [InlineData("\"model\":\"m\"", "\"model\":\"n\"", "model: recorded 'm', got 'n'", "/model", DifferenceKind.Changed)]
    [InlineData("0.7", "0.2", "temperature: recorded 0.7, got 0.2", "/temperature", DifferenceKind.Changed)]
    [InlineData("0.7", "\"hot\"", "temperature: recorded 0.7, got 'hot'", "/temperature", DifferenceKind.Changed)]
    [InlineData(
        "0.7",
        "null",
        "temperature: recorded 0.7, missing in the request",
        "/temperature",
        DifferenceKind.Missing
    )]
    [InlineData(
        "\"temperature\":0.7,",
        "",
        "temperature: recorded 0.7, missing in the request",
        "/temperature",
        DifferenceKind.Missing
    )]
    [InlineData(
        "\"temperature\":0.7,",
        "\"temperature\":0.7,\"top_p\":1,",
        "top_p: got 1, not in the recording",
        "/top_p",
        DifferenceKind.Added
    )]
    [InlineData(
        "\"temperature\":0.7,",
        "\"temperature\":0.7,\"stream\":true,",
        "stream: got true, not in the recording",
        "/stream",
        DifferenceKind.Added
    )]
    [InlineData(
        "all caps",
        "lower case",
        "messages[1].content: recorded 'Repeat it in all caps.', got 'Repeat it in lower case.'",
        "/messages/1/content",
        DifferenceKind.Changed
    )]
    [InlineData(
        "\"Be brief.\"",
        "[{\"type\":\"text\",\"text\":\"Be long.\"}]",
        "messages[0].content: recorded 'Be brief.', got 'Be long.'",
        "/messages/0/content",
        DifferenceKind.Changed
    )]
    [InlineData(
        "\"system\"",
        "\"developer\"",
        "messages[0].role: recorded 'system', got 'developer'",
        "/messages/0/role",
        DifferenceKind.Changed
    )]
    [InlineData(
        "{\"role\":\"system\",\"content\":\"Be brief.\"},",
        "",
        "messages[0] (system 'Be brief.') of the recording is missing",
        "/messages/0",
        DifferenceKind.Missing
    )]
    [InlineData(
        "caps.\"}]",
        "caps.\"},{\"role\":\"user\",\"content\":\"Now!\"}]",
        "messages[2] (user 'Now!') is not in the recording",
        "/messages/2",
        DifferenceKind.Added
    )]
    [InlineData(
        "get_weather",
        "get_news",
        "tool 'get_weather' of the recording is missing",
        "/tools/0",
        DifferenceKind.Missing
    )]
    [InlineData(
        "\"Weather.\"",
        "\"News.\"",
        "tool 'get_weather': function.description: recorded 'Weather.', got 'News.'",
        "/tools/0/function/description",
        DifferenceKind.Changed
    )]
    [InlineData(
        ",{\"type\":\"function\",\"function\":{\"name\":\"get_time\"}}",
        "",
        "tool 'get_time' of the recording is missing",
        "/tools/1",
        DifferenceKind.Missing
    )]
    [InlineData(
        "\"get_time\"}}]",
        "\"get_time\"}},{\"type\":\"function\",\"function\":{\"name\":\"sing\"}}]",
        "tool 'sing' is not in the recording",
        "/tools/2",
        DifferenceKind.Added
    )]
    public void A_single_difference_is_named(
        string old,
        string changed,
        string message,
        string pointer,
        DifferenceKind kind
    )
    {
        var miss = BuiltMatcher.Of(Talk).Explain(Talk.Replace(old, changed, StringComparison.Ordinal));
        var difference = miss.Differences[0];
        Assert.Equal((message, pointer, kind), (difference.Message, difference.Pointer, difference.Kind));
        Assert.Equal(message, miss.Reason);
        Assert.Equal(kind == DifferenceKind.Added, difference.Recorded is null);
        Assert.Equal(kind == DifferenceKind.Missing, difference.Received is null);
        if (old != "get_weather")
        {
            Assert.Single(miss.Differences);
            Assert.Equal($"no recording matches POST {BuiltMatcher.Chat}; nearest is a.json: {message}", miss.Message);
            Assert.Equal(
                $"no recording matches POST {BuiltMatcher.Chat}\n  nearest  a.json (1 difference)\n  {message}",
                miss.ToString()
            );
        }
    }

    [Fact]
    public void All_tools_and_messages_are_named_where_one_side_has_none()
    {
        var miss = BuiltMatcher
            .Of(Talk)
            .Explain(
                """{"model":"m","temperature":0.7,"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Repeat it in all caps."}]}"""
            );
        Assert.Equal(
            ["tool 'get_weather' of the recording is missing", "tool 'get_time' of the recording is missing"],
            miss.Differences.Select(difference => difference.ToString())
        );
        Assert.EndsWith(
            "tool 'get_weather' of the recording is missing (2 differences)",
            miss.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_stands_elsewhere_is_told_as_an_order()
    {
        var swapped = BuiltMatcher
            .Of("""{"messages":[{"content":"a"},{"content":"b"}]}""")
            .Explain("""{"messages":[{"content":"b"},{"content":"a"}]}""");
        Assert.Equal("messages[0] and messages[1] are the other way round", swapped.Reason);
        Assert.Equal(DifferenceKind.Moved, swapped.Differences[0].Kind);
        var mixed = BuiltMatcher
            .Of("""{"stop":["a","b","c","d","e","f"]}""")
            .Explain("""{"stop":["f","e","d","c","b","a"]}""");
        Assert.Matches(@"^stop\[\d] is stop\[\d] in the recording; the order differs$", mixed.Reason);
    }

    [Fact]
    public void Several_differences_are_told_the_most_important_first_and_counted()
    {
        var miss = BuiltMatcher
            .Of(Talk)
            .Explain(
                Talk.Replace("0.7", "1", StringComparison.Ordinal)
                    .Replace("\"model\":\"m\"", "\"model\":\"n\"", StringComparison.Ordinal)
                    .Replace("all caps", "prose", StringComparison.Ordinal)
                    .Replace("Weather.", "Sky.", StringComparison.Ordinal)
            );
        Assert.Equal(
            ["/model", "/messages/1/content", "/tools/0/function/description", "/temperature"],
            miss.Differences.Select(difference => difference.Pointer)
        );
        Assert.Equal(
            $"no recording matches POST {BuiltMatcher.Chat}; nearest is a.json: model: recorded 'm', got 'n' (4 differences)",
            miss.Message
        );
        Assert.Equal(6, miss.ToString().Split('\n').Length);
    }

    [Fact]
    public void The_nearest_of_many_is_the_one_with_the_least_to_change()
    {
        var matcher = new BuiltMatcher();
        for (var i = 0; i < 200; i++)
        {
            matcher.Add(
                $$"""{"model":"m","messages":[{"role":"user","content":"Tell me all that you know of the number {{i}} in verse"}]}""",
                name: $"{i}.json"
            );
        }

        var miss = matcher.Explain(
            """{"model":"m","messages":[{"role":"user","content":"Tell me all that you know of the number 117 in prose"}]}"""
        );
        Assert.Equal("117.json", miss.Nearest?.Cassette.Name);
        Assert.Equal(
            "messages[0].content: recorded 'Tell me all that you know of the number 117 in verse', got 'Tell me all that you know of the number 117 in prose'",
            miss.Reason
        );
    }

    [Fact]
    public void Of_recordings_that_are_equally_near_it_is_the_first()
    {
        var matcher = new BuiltMatcher()
            .Add("""{"model":"a"}""")
            .Add("""{"model":"b"}""")
            .Add("""{"model":"a","seed":1}""");
        Assert.Equal(
            ["a.json", "a.json"],
            Enumerable.Range(0, 2).Select(_ => matcher.Explain("""{"model":"c"}""").Nearest?.Cassette.Name)
        );
    }

    [Fact]
    public void Without_any_recording_that_is_said() =>
        Assert.Equal(
            "no recording matches POST /v1/chat/completions: there are no recordings",
            new BuiltMatcher().Explain("{}").Message
        );

    [Fact]
    public void Without_a_recording_of_the_operation_those_that_there_are_are_told()
    {
        var matcher = new BuiltMatcher().Add("{}").Add("{}").Add("{}", "/v1/embeddings").Add("{}", "/api/chat");
        Assert.Equal(
            "no recording for images/generations; recorded are api/chat (1), chat/completions (2), embeddings (1)",
            matcher.Explain(BuiltMatcher.Request("{}", "/v1/images/generations")).Reason
        );
        Assert.Null(matcher.Explain(BuiltMatcher.Request("{}", "/v1/images/generations")).Nearest);
    }

    [Fact]
    public void A_body_where_there_was_none_is_told_by_its_members() =>
        Assert.Equal("model: got 'm', not in the recording", BuiltMatcher.Of("{}").Explain("""{"model":"m"}""").Reason);

    [Fact]
    public void A_body_of_another_kind_is_told_as_a_whole() =>
        Assert.Equal(
            "the body: recorded {\"model\":\"m\"}, got [1]",
            BuiltMatcher.Of("""{"model":"m"}""").Explain("[1]").Reason
        );
}
