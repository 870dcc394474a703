namespace OpenAICassette.Tests;

/// <summary>
/// The order of members in the text that is hashed, which is that of code points whatever the recording's own is.
/// </summary>
public class KeyOrderTests
{
    [Fact]
    public void Names_are_sorted_at_every_level_and_lists_are_not() =>
        KeyExpectation.AssertHashed(
            """{"A": [{"b": 1, "c": [3, 1, 2]}, {"a": null}], "a": {"x": true, "xx": false}, "aa": {}}""",
            """{"aa":{},"a":{"xx":false,"x":true},"A":[{"c":[3,1,2],"b":1},{"a":null}]}"""
        );

    [Theory]
    [InlineData("""{"\ud83d\ude00":1,"\ue000":2,"é":3,"z":4}""")]
    [InlineData("""{"😀":1,"\ue000":2,"\u00E9":3,"\u007a":4}""")]
    public void Names_are_sorted_by_code_point_and_not_by_UTF_16(string body) =>
        KeyExpectation.AssertHashed("""{"z": 4, "\u00e9": 3, "\ue000": 2, "\ud83d\ude00": 1}""", body);

    [Theory]
    [InlineData("""{"\ud801":1,"\ud800":2,"\ue000":3,"\ufffe":4}""")]
    [InlineData("""{"\ufffe":4,"\ud800":2,"\ue000":3,"\ud801":1}""")]
    public void Half_a_character_in_a_name_has_its_place_by_its_number(string body) =>
        KeyExpectation.AssertHashed("""{"\ud800": 2, "\ud801": 1, "\ue000": 3, "\ufffe": 4}""", body);

    [Theory]
    [InlineData("""{"a":1,"b":2,"a":3}""")]
    [InlineData("""{"\u0061":1,"b":2,"a":3}""")]
    [InlineData("""{"a":{"x":1},"b":2,"\u0061":3}""")]
    public void Of_a_repeated_member_the_last_value_counts(string body) =>
        KeyExpectation.AssertHashed("""{"a": 3, "b": 2}""", body);

    [Fact]
    public void Of_a_member_repeated_among_many_the_last_value_counts()
    {
        var names = Enumerable.Range(10, 80).ToList();
        var first = string.Join(',', names.Select(number => $"\"n{number}\":0"));
        var second = string.Join(',', names.AsEnumerable().Reverse().Select(number => $"\"n{number}\":{number}"));
        KeyExpectation.AssertHashed(
            $"{{{string.Join(", ", names.Select(number => $"\"n{number}\": {number}"))}}}",
            $"{{{first},{second}}}"
        );
    }

    [Fact]
    public void Numbers_are_those_of_Python_and_whole_ones_have_any_size() =>
        KeyExpectation.AssertHashed(
            "[1234567890123456789012345678901234567890, 0, Infinity, -Infinity, -0.0, 100.0, 0.0]",
            "[1234567890123456789012345678901234567890,-0,1e400,-1E+400,-0.000001,1e2,0e7]"
        );

    [Fact]
    public void An_absent_body_is_null() =>
        Assert.Equal(
            KeyExpectation.HashOf("""{"body": null, "endpoint": "/x", "method": "GET", "test_id": "t\u00e9"}"""),
            RecordingKey.OfCall("get", "http://h/x", default, "té")
        );
}
