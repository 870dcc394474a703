using System.Text;
using OpenAICassette.Matching;

namespace OpenAICassette.Tests;

/// <summary>The calls of a session are matched without putting together each request.</summary>
public sealed class SessionEntriesTests
{
    private static Cassette Open(string log) =>
        CassetteStore.Open(Encoding.UTF8.GetBytes(log), CassetteOrigin.OfMemory("log"));

    [Theory]
    [MemberData(nameof(BuiltLogs.All), MemberType = typeof(BuiltLogs))]
    public void The_entries_of_a_session_are_those_of_its_whole_requests(string format, string log)
    {
        string[] logs =
        [
            log,
            log.Replace("List", "REDACTED_OPENAI_API_KEY_7", StringComparison.Ordinal)
                .Replace("a.txt", "REDACTED_OPENAI_API_KEY_7 REDACTED_OPENAI_API_KEY_3", StringComparison.Ordinal),
        ];
        MatchOptions[] options =
        [
            new(),
            new() { IgnoreMembers = ["/messages/*/content", "/input/0", "/contents/1/parts"] },
            new() { IgnoreTexts = ["path"] },
        ];
        foreach (var cassette in logs.Select(Open))
        {
            Assert.Equal(format, cassette.Format);
            foreach (var option in options)
            {
                var matcher = new RequestMatcher(option, bytes => bytes);
                var entries = matcher.Prepare(cassette);
                Assert.Equal(cassette.Interactions.Count, entries.Count);
                foreach (var entry in entries)
                {
                    var whole = matcher.Prepare(entry.Interaction)!;
                    Assert.Equal(
                        (whole.Exact, whole.Loose, whole.Query, whole.Operation, whole.HasPlaceholder),
                        (entry.Exact, entry.Loose, entry.Query, entry.Operation, entry.HasPlaceholder)
                    );
                    Assert.Equal(2, whole.Sketch.Likeness(entry.Sketch));
                }
            }
        }
    }

    [Fact]
    public void Each_message_is_scrubbed_once_however_long_the_session_is()
    {
        var cassette = Open(LongSessions.Of(400));
        long scrubbed = 0;
        var matcher = new RequestMatcher(new MatchOptions(), bytes =>
        {
            Interlocked.Add(ref scrubbed, bytes.Length);
            return bytes;
        });
        Assert.Equal(400, matcher.Prepare(cassette).Count);
        Assert.InRange(scrubbed, 1, cassette.Length);
    }

    [Fact]
    public void A_call_of_a_session_is_found_by_its_whole_request()
    {
        var cassette = Open(LongSessions.Of(20));
        var matcher = new RequestMatcher(new MatchOptions(), bytes => bytes);
        foreach (var entry in matcher.Prepare(cassette))
        {
            matcher.Add(entry);
        }

        foreach (var call in cassette.Interactions)
        {
            var sent = new ApiRequest("POST", call.Endpoint!, string.Empty, call.Request.Body.Bytes);
            Assert.Same(call, matcher.Find(sent)!.Last()!.Interaction);
        }
    }
}
