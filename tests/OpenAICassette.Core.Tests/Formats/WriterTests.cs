using System.Text;

namespace OpenAICassette.Tests;

/// <summary>The writer on what no public recording holds.</summary>
public class WriterTests
{
    [Fact]
    public void Empty_containers_stay_on_one_line_and_others_take_a_line_for_each_item() =>
        AssertWritten(
            """{"request":{"url":"x","headers":{ },"body":{"a":[ ],"b":[[],{}],"c":{"d":{}}}},"response":{"body":[],"is_streaming":true}}""",
            """
            {
              "request": {
                "url": "x",
                "headers": {},
                "body": {
                  "a": [],
                  "b": [
                    [],
                    {}
                  ],
                  "c": {
                    "d": {}
                  }
                }
              },
              "response": {
                "body": [],
                "is_streaming": true
              }
            }

            """
        );

    [Fact]
    public void A_repeated_member_stands_where_it_stood_first_with_the_value_that_stood_last() =>
        AssertWritten(
            """{"request":{"url":"x","body":{"a":1,"b":{"c":1,"c":2},"\u0061":[3]}},"response":{"body":0},"response":{"body":{"__type__":"t","__data__":1,"__type__":"u"}}}""",
            """
            {
              "request": {
                "url": "x",
                "body": {
                  "a": [
                    3
                  ],
                  "b": {
                    "c": 2
                  }
                }
              },
              "response": {
                "body": {
                  "__type__": "u",
                  "__data__": 1
                }
              }
            }

            """
        );

    [Fact]
    public void Unknown_members_come_after_the_known_ones_in_their_own_order() =>
        AssertWritten(
            """{"z":1,"response":{"y":1,"is_streaming":false,"x":1,"body":null},"a":2,"request":{"b":1,"url":"u","method":"POST","a":1}}""",
            """
            {
              "request": {
                "method": "POST",
                "url": "u",
                "b": 1,
                "a": 1
              },
              "response": {
                "body": null,
                "is_streaming": false,
                "y": 1,
                "x": 1
              },
              "z": 1,
              "a": 2
            }

            """
        );

    [Theory]
    [InlineData(
        "chat.chat_completion.ChatCompletion",
        """{"object":"chat.completion","moderation":null,"service_tier":"default","usage":null}"""
    )]
    [InlineData("model.Model", """{"id":"m","created":0,"object":"model","owned_by":"library","shutdown_date":null}""")]
    public void The_members_that_newer_SDKs_know_stay_in_their_places(string type, string data)
    {
        var (label, inner) = ($"\"__type__\":\"openai.types.{type}\"", $"\"__data__\":{data}");
        var written = Written("{\"request\":{\"url\":\"x\"},\"response\":{\"body\":{" + $"{inner},{label}" + "}}}");
        Assert.Contains(
            $"{{{label},{inner}}}",
            JsonComparison.Minified(Encoding.UTF8.GetBytes(written)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("0.9998443388938904")]
    [InlineData("1E400")]
    [InlineData("-0")]
    [InlineData("1.50")]
    [InlineData("1e5")]
    [InlineData("1234567890123456789012345678901234567890")]
    public void A_number_keeps_its_digits(string number) =>
        Assert.Contains(
            $"\n    \"body\": {number}\n",
            Written($$$"""{"request":{"url":"x"},"response":{"body":{{{number}}}}}"""),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_plain_object_in_the_place_of_a_typed_one_keeps_its_order() =>
        Assert.Contains(
            """{"__data__":1,"a":2}""",
            JsonComparison.Minified(
                Encoding.UTF8.GetBytes(Written("""{"request":{"url":"x"},"response":{"body":{"__data__":1,"a":2}}}"""))
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Deep_values_are_indented_all_the_way()
    {
        var text = Written(
            $$$"""{"request":{"url":"x"},"response":{"body":{{{new string('[', 60)}}}1{{{new string(']', 60)}}}}}"""
        );
        Assert.Contains($"\n{new string(' ', 124)}1\n{new string(' ', 122)}]\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LlamaStack")]
    [InlineData("llama-stack")]
    [InlineData("LLAMASTACK")]
    public void A_format_is_known_by_its_name_in_any_case_and_with_hyphens(string format)
    {
        var converted = CassetteStore.Convert(CassetteStore.Open(Repository.Capitals), format);
        Assert.Equal((24_516, false, Repository.Capitals), (converted.Length, converted.Saved, converted.SourcePath));
    }

    [Fact]
    public void Another_format_is_refused_with_the_names_of_those_that_there_are()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            CassetteStore.Convert(CassetteStore.Open(Repository.Capitals), "vcr")
        );
        Assert.StartsWith("unknown format 'vcr'; expected LlamaStack", error.Message, StringComparison.Ordinal);
    }

    private static string Written(string json) =>
        Encoding.ASCII.GetString(CassetteStore.Convert(BuiltCassette.Open(json), "LlamaStack").Read().Span);

    private static void AssertWritten(string json, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), Written(json));
}
