using System.Text;
using OpenAICassette.Matching;

namespace OpenAICassette.Tests;

/// <summary>What a miss costs does not depend on how large and how different the request is.</summary>
public class MissLimitTests
{
    private const int LongestReport = 16 * 1024;

    /// <summary>More than any report takes, and far less than it would take to tell all.</summary>
    private const long MostAllocated = 64L << 20;

    private const string Plain = """{"model":"m","messages":[{"role":"user","content":"c"}],"x":{"a":1}}""";

    private static readonly Dictionary<string, Func<(string Recorded, string Received)>> s_requests = new()
    {
        ["elements"] = () => (Plain, Messages(50_000, _ => "0")),
        ["many elements"] = () => (Plain, Messages(1_000_000, _ => "0")),
        ["elements on both sides"] = () => (Messages(30_000, _ => "1"), Messages(50_000, _ => "0")),
        ["messages"] = () => (Messages(3_000, Message("user")), Messages(4_000, Message("assistant"))),
        ["equal names"] = () => (Messages(3_000, i => $"[{i}]"), Messages(3_000, i => $"[{i},1]")),
        ["members"] = () => (Members(20_000, 1), Members(20_001, 2)),
        ["members of the request"] = () =>
            (Plain, $"{{{string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"\"k{i}\":{i}"))}}}"),
        ["nesting"] = () => (Nested("a", 2_000), Nested("b", 100_000)),
        ["long names"] = () => (Plain, LongNames()),
        ["escapes"] = () => ($"{{\"prompt\":\"{Escapes(100_000)}\"}}", $"{{\"prompt\":\"{Escapes(100_001)}x\"}}"),
        ["characters of many bytes"] = () =>
            (
                Plain,
                Messages(50, i =>
                    $"{{\"role\":\"☃\",\"content\":\"{string.Concat(Enumerable.Repeat("😀\\u0001", 500))}{i}\"}}"
                )
            ),
        ["a long text"] = () =>
            (Plain, Messages(1, _ => $"{{\"role\":\"user\",\"content\":\"{new string('a', 10_000_000)}\"}}")),
        ["white space"] = () => (Plain, $"{{\"model\":\"m\",\"x\":[{new string(' ', 2_000_000)}1]}}"),
    };

    public static TheoryData<string> Requests => [.. s_requests.Keys];

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_report_is_short_and_cheap_and_always_the_same(string name)
    {
        var (recorded, received) = s_requests[name]();
        var matcher = Recorded(recorded, count: 24);
        var request = BuiltMatcher.Request(received);
        Assert.Null(matcher.Find(request));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var miss = matcher.Explain(request);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
        Assert.InRange(Encoding.UTF8.GetByteCount(miss.ToString()), 1, LongestReport);
        Assert.InRange(miss.Bytes, 1, 2 * LongestReport);
        Assert.NotEmpty(miss.Differences);
        Assert.Equal(miss.ToString(), matcher.Explain(BuiltMatcher.Request(received)).ToString());
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task An_answer_is_no_longer_than_a_report(string name)
    {
        var (recorded, received) = s_requests[name]();
        using var handler = new CassetteMessageHandler([BuiltMatcher.Cassette(recorded)]);
        using var client = new HttpClient(handler) { BaseAddress = new Uri("http://localhost") };
        using var answer = await client.PostAsync(
            new Uri(BuiltMatcher.Chat, UriKind.Relative),
            new StringContent(received)
        );
        Assert.Equal(404, (int)answer.StatusCode);
        Assert.InRange((await answer.Content.ReadAsByteArrayAsync()).Length, 1, LongestReport);
    }

    [Fact]
    public void A_method_of_any_length_is_told_short() =>
        Assert.InRange(
            BuiltMatcher.Of("{}").Explain(BuiltMatcher.Request("{}", method: new string('M', 30_000))).Message.Length,
            1,
            600
        );

    [Fact]
    public void What_is_too_large_to_compare_is_said_beside_what_is_not()
    {
        var miss = BuiltMatcher
            .Of(Plain)
            .Explain(Messages(1_000_000, _ => "0").Replace("\"m\"", "\"n\"", StringComparison.Ordinal));
        Assert.Equal(
            [
                "model: recorded 'm', got 'n'",
                "messages: recorded 1 element, got 2000001 bytes; too much to compare",
                "x: recorded {\"a\":1}, missing in the request",
            ],
            miss.Differences.Select(difference => difference.Message)
        );
        Assert.True(miss.IsPartial);
        Assert.EndsWith(
            "model: recorded 'm', got 'n' (at least 3 differences)",
            miss.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Nothing_is_explained_to_a_client_that_has_left()
    {
        var matcher = Recorded(Plain, count: 1);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            matcher.Explain(BuiltMatcher.Request(Messages(2, _ => "0")), new CancellationToken(canceled: true))
        );
    }

    private static RequestMatcher Recorded(string body, int count)
    {
        var matcher = new RequestMatcher(new MatchOptions(), request => request);
        foreach (
            var entry in Enumerable
                .Range(0, count)
                .SelectMany(i => BuiltMatcher.Cassette(body, name: $"{i}.json").Interactions)
                .Select(matcher.Prepare)
        )
        {
            matcher.Add(entry!);
        }

        return matcher;
    }

    private static string Messages(int count, Func<int, string> message) =>
        $"{{\"model\":\"m\",\"messages\":[{string.Join(',', Enumerable.Range(0, count).Select(message))}]}}";

    private static Func<int, string> Message(string role) => i => $"{{\"role\":\"{role}\",\"content\":\"{i}\"}}";

    private static string Members(int count, int value) =>
        $"{{\"x\":{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"k{i}\":{value}"))}}}}}";

    private static string Nested(string inner, int length) =>
        $"{{\"x\":{string.Concat(Enumerable.Repeat("{\"a\":[", 20))}\"{new string('x', length)}{inner}\"{string.Concat(Enumerable.Repeat("]}", 20))}}}";

    private static string LongNames() =>
        $"{{\"model\":\"m\",\"x\":{{\"{new string('n', 1_000_000)}\":{{\"{new string('/', 1_000_000)}\":1}},\"a\":{{\"b\":2}}}}}}";

    private static string Escapes(int count) => string.Concat(Enumerable.Repeat("\\u00e9", count));
}
