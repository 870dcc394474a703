using System.Text;
using OpenAICassette.Apis;
using OpenAICassette.Matching;

namespace OpenAICassette.Tests;

/// <summary>A recording is hashed in one reading, a request in one for each hash: both must agree.</summary>
public class RequestFingerprintTests
{
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
    public void The_last_bits_of_a_hash_need_one_lane()
    {
        var bytes = Enumerable.Range(0, 40).Select(value => (byte)(value * 37)).ToArray();
        Assert.All(Enumerable.Range(0, bytes.Length), length =>
            Assert.Equal((uint)Hash128.Of(bytes.AsSpan(0, length), 'w'), Hash128.LowOf(bytes.AsSpan(0, length)))
        );
    }

    private static void AssertAgrees(JsonValue value, MemberPatterns ignored)
    {
        var body = new RequestBody(value, ApiOperation.Of("/v1/chat/completions"));
        var print = RequestFingerprint.Of(body, ignored);
        Assert.Equal((ValueHash.Exact(body), ValueHash.Loose(body, ignored)), (print.Exact, print.Loose));
    }
}
