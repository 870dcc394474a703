namespace OpenAICassette.Tests;

/// <summary>Ways to stream tool calls that services differ in.</summary>
public class ToolCallFragmentTests
{
    [Fact]
    public void Calls_that_are_all_numbered_0_are_told_apart_by_their_ids()
    {
        var calls = Calls(
            Delta("""[{"index": 0, "id": "a", "function": {"name": "f", "arguments": "{\"x\":1}"}}]"""),
            Delta("""[{"index": 0, "id": "b", "function": {"name": "f", "arguments": "{\"x\":2}"}}]""")
        );
        Assert.Equal([new ToolCall("a", "f", """{"x":1}"""), new ToolCall("b", "f", """{"x":2}""")], calls);
    }

    [Fact]
    public void Calls_that_are_all_numbered_0_in_one_chunk_are_told_apart_by_their_ids() =>
        Assert.Equal(
            [new ToolCall("a", "f", "{}"), new ToolCall("b", "g", "[]")],
            Calls(
                Delta(
                    """[{"index": 0, "id": "a", "function": {"name": "f", "arguments": "{}"}}, {"index": 0, "id": "b", "function": {"name": "g", "arguments": "[]"}}]"""
                )
            )
        );

    [Fact]
    public void Fragments_without_an_id_belong_to_the_call_with_their_index() =>
        Assert.Equal(
            [new ToolCall("a", "f", """{"x":"one"}"""), new ToolCall("b", "g", """{"y":2}""")],
            Calls(
                Delta("""[{"index": 0, "id": "a", "function": {"name": "f", "arguments": ""}}]"""),
                Delta("""[{"index": 1, "id": "b", "function": {"name": "g", "arguments": "{\"y\""}}]"""),
                Delta("""[{"index": 0, "id": null, "function": {"name": null, "arguments": "{\"x\":"}}]"""),
                Delta("""[{"index": 1, "function": {"arguments": ":2}"}}]"""),
                Delta("""[{"index": 0, "function": {"arguments": "\"one\"}"}}]""")
            )
        );

    [Fact]
    public void An_id_that_every_fragment_repeats_begins_no_other_call() =>
        Assert.Equal(
            [new ToolCall("a", "f", "{}")],
            Calls(
                Delta("""[{"index": 0, "id": "a", "function": {"name": "f", "arguments": "{"}}]"""),
                Delta("""[{"index": 0, "id": "a", "function": {"arguments": "}"}}]""")
            )
        );

    [Fact]
    public void Calls_without_any_id_are_told_apart_by_their_index() =>
        Assert.Equal(
            [new ToolCall(null, "f", "{}"), new ToolCall(null, "g", "[]")],
            Calls(
                Delta("""[{"index": 0, "function": {"name": "f", "arguments": "{}"}}]"""),
                Delta("""[{"index": 1, "function": {"name": "g", "arguments": "[]"}}]""")
            )
        );

    [Fact]
    public void Calls_without_an_index_are_told_apart_by_their_place() =>
        Assert.Equal(
            [new ToolCall("a", "f", "{}"), new ToolCall("b", "g", "[]")],
            Calls(
                Delta(
                    """[{"id": "a", "function": {"name": "f", "arguments": "{}"}}, {"id": "b", "function": {"name": "g", "arguments": "[]"}}]"""
                )
            )
        );

    [Fact]
    public void Arguments_that_are_an_object_become_its_JSON() =>
        Assert.Equal(
            """{"x":[1,2.50]}""",
            Assert
                .Single(Calls(Delta("""[{"id": "a", "function": {"name": "f", "arguments": {"x": [1, 2.50]}}}]""")))
                .Arguments
        );

    [Fact]
    public void The_function_call_of_old_is_a_tool_call_without_an_id() =>
        Assert.Equal(
            [new ToolCall(null, "f", """{"x":1}""")],
            Calls(
                """{"choices": [{"index": 0, "delta": {"role": "assistant", "function_call": {"name": "f", "arguments": ""}}}]}""",
                """{"choices": [{"index": 0, "delta": {"function_call": {"arguments": "{\"x\""}}}]}""",
                """{"choices": [{"index": 0, "delta": {"function_call": {"arguments": ":1}"}}, "finish_reason": "function_call"}]}"""
            )
        );

    [Fact]
    public void Arguments_that_Gemini_streams_value_by_value_become_one_object() =>
        Assert.Equal(
            [
                new ToolCall(null, "f", """{"city":"Bad Ems","at":{"days":[1.50,null],"it's":true},"empty":""}"""),
                new ToolCall(null, "f", """{"city":"Bonn"}"""),
                new ToolCall(null, "g", string.Empty),
            ],
            Calls(
                Part("""{"name": "f", "willContinue": true}"""),
                Part(
                    """{"partialArgs": [{"jsonPath": "$.city", "stringValue": "Bad ", "willContinue": true}], "willContinue": true}"""
                ),
                Part("""{"partialArgs": [{"jsonPath": "$.city", "stringValue": "Ems"}], "willContinue": true}"""),
                Part(
                    """{"partialArgs": [{"jsonPath": "$.at.days[0]", "numberValue": 1.50}, {"jsonPath": "$.at.days[1]", "nullValue": "NULL_VALUE"}], "willContinue": true}"""
                ),
                Part("""{"partialArgs": [{"jsonPath": "$.at['it\\'s']", "boolValue": true}], "willContinue": true}"""),
                Part("""{"partialArgs": [{"jsonPath": "$.empty", "stringValue": ""}], "willContinue": true}"""),
                Part("{}"),
                Part("""{"name": "f", "will_continue": true}"""),
                Part("""{"partial_args": [{"json_path": "$.city", "string_value": "Bonn"}]}"""),
                Part("""{"name": "g"}""")
            )
        );

    [Theory]
    [InlineData("$.a..b")]
    [InlineData("a")]
    [InlineData("")]
    [InlineData("$")]
    public void A_path_that_cannot_be_read_is_the_name_of_its_value(string path) =>
        Assert.Equal(
            $$"""{"{{path}}":"x"}""",
            Assert
                .Single(
                    Calls(
                        Part("""{"name": "f"}"""),
                        Part($$"""{"partialArgs": [{"jsonPath": "{{path}}", "stringValue": "x"}]}""")
                    )
                )
                .Arguments
        );

    private static string Part(string call) =>
        $$$"""{"candidates": [{"content": {"role": "model", "parts": [{"functionCall": {{{call}}}}]}}]}""";

    private static string Delta(string calls) =>
        $$$"""{"choices": [{"index": 0, "delta": {"tool_calls": {{{calls}}}}}]}""";

    private static IReadOnlyList<ToolCall> Calls(params string[] chunks) =>
        Assert.Single(BuiltCassette.OfStream(chunks).Conversation().Choices).Message.ToolCalls;
}
