using System.Text;
using OpenAICassette.Apis;
using OpenAICassette.Matching;

namespace OpenAICassette.Tests;

/// <summary>A recording is hashed in one reading, a request in one for each hash: both must agree.</summary>
public class RequestFingerprintTests
{
    private static readonly System.Text.Json.JsonSerializerOptions s_plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Theory]
    [InlineData("{}")]
    [InlineData("[1,2]")]
    [InlineData("""{"messages":[]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"a"},{"role":"user","content":"b","name":null}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","text":"a"}]}],"stream":false}""")]
    [InlineData("""{"messages":[{"tool_calls":[{"id":"1","type":"function"}]},{"tool_call_id":"1"},{"a":"1"}]}""")]
    [InlineData("""{"input":[{"id":"1","type":"message"},{"call_id":"2"},{"z":1,"call_id":"1","b":{"id":"1"}}]}""")]
    [InlineData("""{"system":[{"type":"text","text":"a"}],"tools":[{"name":"a"},[null,{"b":null}]]}""")]
    [InlineData("""{"b":["REDACTED_API_KEY_2"],"a":["x",{"z":"REDACTED_API_KEY_1","y":"REDACTED_API_KEY_2"}]}""")]
    [InlineData("""{"b":["REDACTED_API_KEY_2"],"a":"REDACTED_API_KEY_1","user":"REDACTED_API_KEY_3"}""")]
    [InlineData("""{"user":["a"],"metadata":{"a":[1]},"ids":[{"own":1,"kept":2}],"list":[["REDACTED_API_KEY_1"]]}""")]
    public void Both_hashes_are_those_of_a_reading_for_each(string body)
    {
        AssertAgrees(JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(body)), MemberPatterns.None);
        AssertAgrees(JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(body)), new MatchOptions().Ignored);
        AssertAgrees(
            JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(body)),
            new MatchOptions { IgnoreMembers = ["/ids/*/own", "/list/0"] }.Ignored
        );
        AssertAgrees(
            JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(body)),
            new MatchOptions { IgnoreTexts = ["[a-z]"] }.Ignored
        );
    }

    [SharedDataFact]
    public void Real_requests_agree()
    {
        var bodies = CassetteStore
            .Load(CassetteStore.Find(SharedData.Recordings, recurse: true))
            .SelectMany(load => load.Cassette?.Interactions ?? [])
            .Select(interaction => interaction.Request.Body.Json)
            .Where(body => body.Exists)
            .ToList();
        Assert.True(bodies.Count > 400, $"{bodies.Count} bodies");
        Assert.All(bodies, body => AssertAgrees(body, new MatchOptions().Ignored));
    }

    [Fact]
    public void The_same_words_are_found_wherever_they_stand()
    {
        string[] words = ["a", "the", "of", "cassette", "recordings", "ärger", "日本語", "1234567", "12345678", "123456789"];
        var expected = SketchOf(string.Join(", ", words));
        for (var shift = 1; shift < 40; shift++)
        {
            var text = new string(' ', shift) + string.Join("  ", words.Reverse());
            Assert.Equal(1, expected.Likeness(SketchOf(text)));
        }

        Assert.True(expected.Likeness(SketchOf(string.Join(", ", words[1..]) + ", b")) < 1);
    }

    [Fact]
    public void Short_words_have_hashes_of_their_own_in_all_of_their_range()
    {
        var hashes = Enumerable
            .Range(0, 100_000)
            .Select(number => Hash128.OfWord(Encoding.ASCII.GetBytes($"{number}")))
            .ToList();

        // Of so many values out of 2^32, one or two are expected to be equal to another.
        Assert.InRange(hashes.Distinct().Count(), 99_980, 100_000);
        Assert.All(Enumerable.Range(0, 16), part =>
            Assert.InRange(hashes.Count(hash => hash >> 28 == part), 6_250 * 9 / 10, 6_250 * 11 / 10)
        );
    }

    private static RequestSketch SketchOf(string text) =>
        RequestSketch.OfElement(
            "messages",
            JsonValue.ParseOrUndefined(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(text, s_plain)),
            MemberPatterns.None
        );

    private static void AssertAgrees(JsonValue value, MemberPatterns ignored)
    {
        var body = new RequestBody(value, ApiOperation.Of("/v1/chat/completions"));
        var print = RequestFingerprint.Of(body, ignored);
        Assert.Equal((ValueHash.Exact(body), ValueHash.Loose(body, ignored)), (print.Exact, print.Loose));
    }
}
