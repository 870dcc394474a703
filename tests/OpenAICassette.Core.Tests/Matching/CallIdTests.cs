namespace OpenAICassette.Tests;

/// <summary>
/// A model makes up new ids for its tool calls; a client sends them back. Only which of them are equal counts.
/// </summary>
public class CallIdTests
{
    private const string Chat = """
        {"messages":[{"role":"user","content":"Q"},
         {"role":"assistant","tool_calls":[{"id":"%A","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"%B","type":"function","function":{"name":"f","arguments":"{}"}}]},
         {"role":"tool","tool_call_id":"%A","content":"1"},{"role":"tool","tool_call_id":"%B","content":"2"}]}
        """;

    private const string Responses = """
        {"input":[{"role":"user","content":"Q"},
         {"type":"function_call","id":"fc_%A","call_id":"%A","name":"f","arguments":"{}"},{"type":"function_call","id":"fc_%B","call_id":"%B","name":"f","arguments":"{}"},
         {"type":"function_call_output","call_id":"%A","output":"1"},{"type":"function_call_output","call_id":"%B","output":"2"}]}
        """;

    private const string Messages = """
        {"messages":[{"role":"user","content":"Q"},
         {"role":"assistant","content":[{"type":"tool_use","id":"%A","name":"f","input":{}},{"type":"tool_use","id":"%B","name":"f","input":{}}]},
         {"role":"user","content":[{"type":"tool_result","tool_use_id":"%A","content":"1"},{"type":"tool_result","tool_use_id":"%B","content":"2"}]}]}
        """;

    private const string Gemini = """
        {"contents":[{"role":"user","parts":[{"text":"Q"}]},
         {"role":"model","parts":[{"functionCall":{"id":"%A","name":"f","args":{}}},{"functionCall":{"id":"%B","name":"f","args":{}}}]},
         {"role":"user","parts":[{"functionResponse":{"id":"%A","name":"f","response":{"result":"1"}}},{"functionResponse":{"id":"%B","name":"f","response":{"result":"2"}}}]}]}
        """;

    private const string Converse = """
        {"messages":[{"role":"user","content":[{"text":"Q"}]},
         {"role":"assistant","content":[{"toolUse":{"toolUseId":"%A","name":"f","input":{}}},{"toolUse":{"toolUseId":"%B","name":"f","input":{}}}]},
         {"role":"user","content":[{"toolResult":{"toolUseId":"%A","content":[{"text":"1"}]}},{"toolResult":{"toolUseId":"%B","content":[{"text":"2"}]}}]}]}
        """;

    public static TheoryData<string, string> Shapes =>
        new()
        {
            { "/v1/chat/completions", Chat },
            { "/v1/responses", Responses },
            { "/v1/messages", Messages },
            { "/v1beta/models/gemini-2.5-flash:generateContent", Gemini },
            { "/v1beta/models/gemini-2.5-flash:generateContent", Snake(Gemini) },
            { "/v2/chat", Chat },
            { "/model/m/converse", Converse },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Other_ids_in_the_same_places_match(string path, string shape)
    {
        Assert.True(Recorded(path, shape).Matches(BuiltMatcher.Request(Named(shape, "call_8", "call_7"), path)));
        Assert.True(
            Recorded(path, shape)
                .Matches(BuiltMatcher.Request(BuiltMatcher.Reversed(Named(shape, "call_7", "call_8")), path))
        );
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Other_ids_do_not_match_when_matching_is_strict(string path, string shape)
    {
        var matcher = Recorded(path, shape, new MatchOptions { Strict = true });
        Assert.True(matcher.Matches(BuiltMatcher.Request(Named(shape, "call_1", "call_2"), path)));
        Assert.False(matcher.Matches(BuiltMatcher.Request(Named(shape, "call_7", "call_8"), path)));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Results_that_answer_the_other_call_do_not_match(string path, string shape)
    {
        // The results are in the last line of each shape.
        var results = shape.LastIndexOf('\n');
        var crossed = Named(shape[..results], "call_1", "call_2") + Named(shape[results..], "call_2", "call_1");
        Assert.NotEqual(Named(shape, "call_1", "call_2"), crossed);
        var miss = Recorded(path, shape).Explain(BuiltMatcher.Request(crossed, path));
        Assert.Equal(
            "the ids that link tool calls with their results, or the placeholders of secrets, repeat in different places",
            miss.Reason
        );
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Results_of_one_call_twice_do_not_match(string path, string shape) =>
        Assert.False(Recorded(path, shape).Matches(BuiltMatcher.Request(Named(shape, "call_1", "call_1"), path)));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Results_in_another_order_do_not_match_and_the_miss_says_so(string path, string shape)
    {
        var swapped = Named(shape, "call_1", "call_2")
            .Replace("\"1\"", "\"x\"", StringComparison.Ordinal)
            .Replace("\"2\"", "\"1\"", StringComparison.Ordinal)
            .Replace("\"x\"", "\"2\"", StringComparison.Ordinal);
        var miss = Recorded(path, shape).Explain(BuiltMatcher.Request(swapped, path));
        Assert.EndsWith("are the other way round", miss.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_member_called_id_counts()
    {
        Assert.False(BuiltMatcher.Of("""{"prompt":{"id":"pmpt_1"}}""").Matches("""{"prompt":{"id":"pmpt_2"}}"""));
        Assert.False(BuiltMatcher.Of("""{"id":"a"}""").Matches("""{"id":"b"}"""));
    }

    private static string Snake(string shape) =>
        shape
            .Replace("functionCall", "function_call", StringComparison.Ordinal)
            .Replace("functionResponse", "function_response", StringComparison.Ordinal);

    private static BuiltMatcher Recorded(string path, string shape, MatchOptions? options = null) =>
        new BuiltMatcher(options).Add(Named(shape, "call_1", "call_2"), path);

    private static string Named(string shape, string first, string second) =>
        shape.Replace("%A", first, StringComparison.Ordinal).Replace("%B", second, StringComparison.Ordinal);
}
