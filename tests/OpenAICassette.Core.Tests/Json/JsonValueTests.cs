using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

public class JsonValueTests
{
    [Fact]
    public void Look_ups_chain_through_what_does_not_exist()
    {
        var value = Parse("""{"a": {"b": [10, 20]}}""");
        Assert.Equal(20, value["a"]["b"][1].WholeNumber);
        var none = value["a"]["x"][7]["y"];
        Assert.Equal(JsonValueKind.Undefined, none.Kind);
        Assert.False(none.Exists);
        Assert.False(none.HasValue);
        Assert.Null(none.Text);
        Assert.Null(none.Truth);
        Assert.Null(none.WholeNumber);
        Assert.Equal(0, none.Count);
        Assert.Empty(none.Elements);
        Assert.Empty(none.Members);
        Assert.Equal("", none.ToString());
        Assert.True(none.Utf8.IsEmpty);
    }

    [Theory]
    [InlineData("[]", 0)]
    [InlineData("[1, [2, 3]]", 2)]
    [InlineData("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]", 15)]
    public void After_the_last_element_there_is_none_however_often_it_is_asked_for(string json, int count)
    {
        var elements = Parse(json).Elements.GetEnumerator();
        Assert.All(Enumerable.Range(0, count), _ => Assert.True(elements.MoveNext()));
        Assert.All(Enumerable.Range(0, 3), _ => Assert.False(elements.MoveNext()));
    }

    [Fact]
    public void Null_exists_but_has_no_value()
    {
        var value = Parse("""{"a": null}""")["a"];
        Assert.True(value.Exists);
        Assert.False(value.HasValue);
    }

    [Fact]
    public void Of_a_repeated_member_the_last_counts_and_all_are_listed()
    {
        var value = Parse("""{"a": 1, "b": 2, "a": {"c": 3}}""");
        Assert.Equal(3, value["a"]["c"].WholeNumber);
        Assert.Equal(["a", "b", "a"], value.Members.Select(member => member.Key));
    }

    [Fact]
    public void A_member_is_found_by_its_decoded_name_however_it_was_escaped()
    {
        var value = Parse("""{"\u0061\n\"": 1, "é": 2, "\ud83d\ude00": 3, "": 4}""");
        Assert.Equal(1, value["a\n\""].WholeNumber);
        Assert.Equal(2, value["é"].WholeNumber);
        Assert.Equal(3, value["😀"].WholeNumber);
        Assert.Equal(4, value[""].WholeNumber);
    }

    [Fact]
    public void A_name_longer_than_any_buffer_is_found()
    {
        var name = new string('ü', 2000);
        Assert.Equal(1, Parse($$"""{"{{name}}": 1, "{{name}}x": 2}""")[name].WholeNumber);
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1E+16")]
    [InlineData("-0.0")]
    [InlineData("0.9998443388938904")]
    [InlineData("123456789012345678901234567890")]
    public void A_number_stays_as_it_was_written(string number)
    {
        var value = Parse($"[ {number} ]");
        Assert.Equal(number, value[0].ToString());
        Assert.Equal($"[{number}]", value.ToCompactJson());
        Assert.Null(value[0].WholeNumber);
    }

    [Fact]
    public void A_64_bit_integer_is_a_whole_number()
    {
        Assert.Equal(long.MinValue, Parse("-9223372036854775808").WholeNumber);
        Assert.Null(Parse("9223372036854775808").WholeNumber);
        Assert.Null(Parse("\"1\"").WholeNumber);
    }

    [Fact]
    public void A_lone_surrogate_passes_through_a_text() =>
        Assert.Equal("a\ud83dz", Parse("""{"t": "a\ud83dz"}""")["t"].Text);

    [Fact]
    public void Every_escape_is_decoded() =>
        Assert.Equal("\"\\/\b\f\n\r\té😀", Parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\ud83d\\ude00\"").Text);

    [Fact]
    public void Values_are_equal_when_they_are_the_same_place_of_the_same_document()
    {
        var one = Parse("[1, 1]");
        Assert.Equal(one[0], one[0]);
        Assert.True(one[0] != one[1]);
        Assert.NotEqual(one[0], Parse("[1, 1]")[0]);
        Assert.Equal(default, Parse("1")["x"]);
    }

    private static JsonValue Parse(string json)
    {
        var value = JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(json));
        Assert.True(value.Exists, json);
        return value;
    }
}
