namespace OpenAICassette.Tests;

/// <summary>
/// Bodies are compared as JSON values; no test here relies on members that are ignored, so each holds in strict
/// matching too.
/// </summary>
public class BodyValueTests
{
    private static readonly MatchOptions s_strict = new() { Strict = true };

    [Theory]
    [InlineData("""{"a":{"b":1,"c":[{"d":1,"e":2}]},"f":3}""", """{"f":3,"a":{"c":[{"e":2,"d":1}],"b":1}}""")]
    [InlineData("""{"a":1}""", "{ \"a\" :\r\n\t1 }")]
    [InlineData("""{"t":"é😀/\n\"A"}""", """{"t":"\u00e9\uD83D\ude00\/\u000a\u0022\u0041"}""")]
    [InlineData("""{"naïve":{"a\"b":1}}""", """{"na\u00efve":{"\u0061\u0022b":1}}""")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("""{"m":{"a":1,"\u0061":2}}""", """{"m":{"a":2}}""")]
    [InlineData("{}", "")]
    public void These_bodies_are_one(string recorded, string received)
    {
        Assert.True(BuiltMatcher.Of(recorded, s_strict).Matches(received));
        if (received.Length > 0)
        {
            Assert.True(BuiltMatcher.Of(received, s_strict).Matches(recorded));
        }
    }

    [Theory]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[1,2,2]}""")]
    [InlineData("""{"a":[[1],2]}""", """{"a":[1,[2]]}""")]
    [InlineData("""{"a":"1"}""", """{"a":1}""")]
    [InlineData("""{"a":true}""", """{"a":"true"}""")]
    [InlineData("""{"a":true}""", """{"a":false}""")]
    [InlineData("""{"a":0}""", """{"a":false}""")]
    [InlineData("""{"a":""}""", """{"a":[]}""")]
    [InlineData("""{"a":{}}""", """{"a":[]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{"B":1}}""")]
    [InlineData("""{"a":1,"b":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{"a":{"b":1},"c":{"d":2}}""", """{"a":{"d":2},"c":{"b":1}}""")]
    [InlineData("""{"t":"é"}""", """{"t":"e\u0301"}""")]
    [InlineData("""{"t":"a "}""", """{"t":"a"}""")]
    [InlineData("""{"t":"\\u0041"}""", """{"t":"A"}""")]
    [InlineData("""{"a":1}""", """{"a":1,"b":1}""")]
    [InlineData("""{"a":1}""", "")]
    [InlineData("""{"a":1}""", """[{"a":1}]""")]
    public void These_bodies_are_not(string recorded, string received)
    {
        Assert.False(BuiltMatcher.Of(recorded).Matches(received));
        if (received.Length > 0)
        {
            Assert.False(BuiltMatcher.Of(received).Matches(recorded));
        }
    }

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1", "1e0")]
    [InlineData("1", "10e-1")]
    [InlineData("100", "1E+2")]
    [InlineData("0", "-0")]
    [InlineData("0", "-0.0")]
    [InlineData("0.1", "0.10")]
    [InlineData("0.1", "1e-1")]
    [InlineData("1e-7", "0.0000001")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("10000000000000000", "1e16")]
    [InlineData("100000000000000000000", "1e20")]
    [InlineData("-100000000000000000000", "-1e20")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    public void These_numbers_are_one(string recorded, string received) =>
        Assert.True(BuiltMatcher.Of($"{{\"n\":{recorded}}}", s_strict).Matches($"{{\"n\":{received}}}"));

    [Theory]
    [InlineData("1", "-1")]
    [InlineData("1", "1.0000000000000002")]
    [InlineData("0.1", "0.2")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("9223372036854775808", "9223372036854775809")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567891")]
    [InlineData("1e400", "1e300")]
    [InlineData("1", "\"1\"")]
    [InlineData("0", "null")]
    public void These_numbers_are_not(string recorded, string received) =>
        Assert.False(BuiltMatcher.Of($"{{\"n\":{recorded}}}", s_strict).Matches($"{{\"n\":{received}}}"));

    [Fact]
    public void What_the_SDK_merges_into_the_body_is_found_there()
    {
        var matcher = BuiltMatcher.Of(
            """{"model":"m","extra_body":{"top_k":3,"model":"n"},"extra_headers":{"a":"b"},"extra_query":{"c":"d"},"timeout":5}""",
            s_strict
        );
        Assert.True(matcher.Matches("""{"top_k":3,"model":"n"}"""));
        Assert.False(matcher.Matches("""{"top_k":3,"model":"m"}"""));
        Assert.False(matcher.Matches("""{"top_k":4,"model":"n"}"""));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{\"a\":1}]")]
    [InlineData("\"text\"")]
    [InlineData("5")]
    public void A_body_that_is_no_object_is_compared_as_a_whole(string body)
    {
        var matcher = BuiltMatcher.Of(body);
        Assert.True(matcher.Matches($" {body} "));
        Assert.False(matcher.Matches("[6]"));
        Assert.False(matcher.Matches("{}"));
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1} {}")]
    [InlineData("--boundary\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n\0\u0001")]
    public void A_body_that_is_not_JSON_matches_no_recorded_JSON(string body)
    {
        Assert.False(BuiltMatcher.Of("{}").Matches(body));
        Assert.Equal(
            $"the body ({System.Text.Encoding.UTF8.GetByteCount(body)} bytes) is not JSON",
            BuiltMatcher.Of("{}").Explain(body).Reason
        );
    }

    [Fact]
    public void A_long_object_with_repeated_and_escaped_names_is_one_with_its_plain_form()
    {
        var names = Enumerable.Range(0, 60).Select(number => $"member{number}").ToList();
        var numbered = names.Select((name, index) => $"\"{name}\":{index}");
        var repeated = names
            .Select(name => $"\"{name}\":\"old\"")
            .Concat(names.AsEnumerable().Reverse().Select(name => $"\"\\u006d{name[1..]}\":{name[6..]}"));
        var plain = $"{{\"o\":{{{string.Join(',', numbered)}}}}}";
        var odd = $"{{\"o\":{{{string.Join(',', repeated)}}}}}";
        Assert.True(BuiltMatcher.Of(plain, s_strict).Matches(odd));
    }
}
