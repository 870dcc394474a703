namespace OpenAICassette.Tests;

/// <summary>What each algorithm does to a body before it is hashed, on texts that no recording has.</summary>
public class KeyRuleTests
{
    private const string Uuid = "01234567-89ab-cdef-0123-456789abcdef";

    [Theory]
    [InlineData(KeyAlgorithm.H2, """{"a": 0.000125, "b": 1e-05, "c": 1e+16, "d": 7, "e": "v 1.23456789"}""")]
    [InlineData(KeyAlgorithm.H3, """{"a": 0.00013, "b": 1e-05, "c": 1e+16, "d": 7, "e": "v 1.23457"}""")]
    [InlineData(KeyAlgorithm.H6, """{"a": 0.00013, "b": 1e-05, "c": 1e+16, "d": 7, "e": "v 1.23457"}""")]
    public void Decimals_are_rounded_to_five_places_from_H3_on(KeyAlgorithm algorithm, string hashed) =>
        KeyExpectation.AssertHashed(
            hashed,
            """{"e":"v 1.23456789","d":7,"c":1E16,"b":0.00001,"a":1.25e-4}""",
            algorithm
        );

    [Theory]
    [InlineData("0.12345", "0.12345")]
    [InlineData("1.234", "1.234")]
    [InlineData("1.2340", "1.23400")]
    [InlineData("x-0.000001y", "x-0.00000y")]
    [InlineData("1.2.34567", "1.2.34567")]
    [InlineData("10.0.00001.5", "10.0.00001.5")]
    [InlineData("a2.675000b", "a2.67500b")]
    [InlineData("0.000015", "0.00002")]
    [InlineData("٣.٣٣٣٣", "3.33330")]
    public void A_decimal_in_a_text_gets_five_places_when_it_has_at_least_four(string text, string hashed) =>
        KeyExpectation.AssertHashed($"\"{hashed}\"", $"\"{text}\"");

    [Theory]
    [InlineData("score: 0.5", "score: __NORMALIZED__")]
    [InlineData("score:-1.5e-7, x", "score: __NORMALIZED__, x")]
    [InlineData("score:  none", "score:  none")]
    [InlineData("a, attributes: {'x': {'y': 1}}, b", "a}, b")]
    [InlineData("a attributes:{} b", "a b")]
    [InlineData($"document_id: {Uuid}.", "document_id: __NORMALIZED__.")]
    [InlineData("document_id: file-123", "document_id: file-123")]
    [InlineData($"see <|{Uuid}|>", "see <|__NORMALIZED__|>")]
    [InlineData("<|0123|>", "<|0123|>")]
    public void What_a_file_search_returns_is_masked_from_H6_on(string text, string hashed)
    {
        KeyExpectation.AssertHashed($$"""{"score: 1": "{{hashed}}"}""", $$"""{"score: 1": "{{text}}"}""");
        KeyExpectation.AssertHashed(
            $$"""{"score: 1": "{{text}}"}""",
            $$"""{"score: 1": "{{text}}"}""",
            KeyAlgorithm.H2
        );
        KeyExpectation.AssertHttpHashed($"\"{hashed}\"", $"\"{text}\"", KeyAlgorithm.Http6, "api.example.com");
    }

    [Fact]
    public void A_text_that_is_six_times_as_long_when_it_is_hashed_is_hashed_whole() =>
        KeyExpectation.AssertHashed(
            $"\"{string.Concat(Enumerable.Repeat(@"\u00e9", 10_000))}\"",
            $"\"{new string('é', 10_000)}\""
        );

    [Fact]
    public void Masks_and_decimals_see_through_escapes() =>
        KeyExpectation.AssertHashed(
            """["score: __NORMALIZED__", "1.23457"]""",
            """["score\u003a 0.5","1\u002e23456789"]"""
        );

    [Theory]
    [InlineData(KeyAlgorithm.H3, "bedrock-runtime.example.com", true)]
    [InlineData(KeyAlgorithm.H4, "bedrock-runtime.example.com", false)]
    [InlineData(KeyAlgorithm.H6, "x.bedrock.example.com:443", false)]
    [InlineData(KeyAlgorithm.H6, "api.example.com", true)]
    [InlineData(KeyAlgorithm.H6, "api.example.com/bedrock/..", true)]
    public void Stream_options_at_the_root_count_unless_the_host_is_Bedrock(
        KeyAlgorithm algorithm,
        string host,
        bool counts
    )
    {
        var path = host.Contains('/', StringComparison.Ordinal)
            ? host[host.IndexOf('/', StringComparison.Ordinal)..]
            : "";
        var value = JsonValue.ParseOrUndefined("""{"stream_options":{},"x":{"stream_options":1}}"""u8.ToArray());
        var options = counts ? "\"stream_options\": {}, " : "";
        Assert.Equal(
            KeyExpectation.HashOf(
                $$$"""{"body": {{{{options}}}"x": {"stream_options": 1}}, "endpoint": "{{{path}}}/v1/chat", "method": "POST", "test_id": null}"""
            ),
            RecordingKey.OfCall("POST", $"https://{host}/v1/chat", value, null, algorithm)
        );
    }

    [Fact]
    public void Raw_HTTP_to_Bedrock_keeps_its_stream_options() =>
        KeyExpectation.AssertHttpHashed(
            """{"stream_options": 1}""",
            """{"stream_options":1}""",
            KeyAlgorithm.Http6,
            "bedrock.example.com"
        );

    [Theory]
    [InlineData("""{"extra_body":{"project_id":1,"a":2}}""", """{"extra_body": {"a": 2}}""")]
    [InlineData("""{"extra_query":{"project_id":1}}""", """{"extra_query": {}}""")]
    [InlineData("""{"extra_body":"project_id"}""", """{"extra_body": "project_id"}""")]
    [InlineData(
        """{"project_id":1,"x":{"extra_body":{"project_id":1}}}""",
        """{"project_id": 1, "x": {"extra_body": {"project_id": 1}}}"""
    )]
    [InlineData("""{"m":[{"extra_body":{"project_id":1}}]}""", """{"m": [{"extra_body": {}}]}""")]
    [InlineData("""{"extra_body":{"project_id":1,"project\u005fid":2}}""", """{"extra_body": {}}""")]
    public void A_project_id_in_an_extra_body_or_query_of_a_root_is_left_out_from_H5_on(string body, string hashed)
    {
        KeyExpectation.AssertHashed(hashed, body, KeyAlgorithm.H5);
        KeyExpectation.AssertHttpHashed(hashed, body, KeyAlgorithm.Http5, "api.example.com");
    }

    [Fact]
    public void A_project_id_still_counts_in_H4() =>
        KeyExpectation.AssertHashed(
            """{"extra_body": {"project_id": 1}}""",
            """{"extra_body":{"project_id":1}}""",
            KeyAlgorithm.H4
        );

    [Fact]
    public void A_name_in_escapes_is_the_same_name()
    {
        KeyExpectation.AssertHashed("""{"extra_body": {}}""", """{"extra\u005fbody":{"project_id":1}}""");
        KeyExpectation.AssertHashed("{}", """{"stream\u005foptions":1}""", KeyAlgorithm.H6, "bedrock.example.com");
    }
}
