using System.Text;
using static OpenAICassette.Tests.RecordingSession;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>The header fields and trailers that a recording keeps.</summary>
public class RecordedHeaderTests
{
    [Fact]
    public async Task Header_fields_are_recorded_unless_they_are_unsafe_or_meaningless()
    {
        KeyValuePair<string, string>[] kept =
        [
            new("etag", "\"v1\""),
            new("link", "<https://other.example/2>; rel=\"next\""),
            new("content-disposition", "attachment; filename=\"a.txt\""),
            new("content-range", "bytes 0-1/2"),
            new("openai-organization", "org-example"),
            new("openai-project", "proj_example"),
            new("x-goog-upload-url", "https://other.example/upload"),
            new("x-goog-upload-status", "active"),
            new("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT"),
            new("www-authenticate", "Bearer"),
            new("x-ratelimit-limit-requests", "60"),
            new("x-own", "any"),
        ];
        KeyValuePair<string, string>[] left =
        [
            new("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
            new("set-cookie", "session=abcdefgh"),
            new("strict-transport-security", "max-age=1"),
            new("access-control-allow-origin", "*"),
            new("keep-alive", "timeout=5"),
            new("alt-svc", "h3=\":443\""),
            new("cf-ray", "1-FRA"),
        ];
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) => exchange.SendAsync(JsonAnswer(Chat, 200, [.. kept, .. left]))
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        await session.AskAsync();
        var recorded = Assert.Single(session.Cassettes).Interactions[0].Response.Headers;
        Assert.Equal(
            kept.Append(new("content-type", "application/json")).OrderBy(field => field.Key, StringComparer.Ordinal),
            recorded
                .Select(field => KeyValuePair.Create(field.Name, field.Value))
                .OrderBy(field => field.Key, StringComparer.Ordinal)
        );
        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        using var answer = await replay.SendAsync();
        var sent = answer.Headers.Concat(answer.Content.Headers).Select(field => field.Key.ToLowerInvariant()).ToList();
        Assert.Empty(kept.Select(field => field.Key).Except(sent));
        Assert.Empty(left.Select(field => field.Key).Where(name => name != "date").Intersect(sent));
    }

    [Fact]
    public async Task A_field_that_was_sent_twice_comes_back_twice()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) => exchange.SendAsync(JsonAnswer(Chat, 200, new("x-part", "one"), new("X-Part", "two")))
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        await session.AskAsync();
        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        using var answer = await replay.SendAsync();
        Assert.Equal(["one", "two"], answer.Headers.GetValues("x-part"));
    }

    [Fact]
    public async Task Trailers_reach_the_client_and_come_back()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                await exchange.BeginAsync(200, [new("Content-Type", "application/json"), new("Trailer", "x-checksum")]);
                await exchange.WriteAsync(Encoding.UTF8.GetBytes(Chat));
                await exchange.EndAsync([new("x-checksum", "abc")]);
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        using var live = await session.SendAsync();
        Assert.Equal(Chat, await live.Content.ReadAsStringAsync());
        Assert.Equal(["abc"], live.TrailingHeaders.GetValues("x-checksum"));
        await using var later = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        using var replayed = await later.SendAsync();
        Assert.Equal(Chat, await replayed.Content.ReadAsStringAsync());
        Assert.Equal(["abc"], replayed.TrailingHeaders.GetValues("x-checksum"));
        using var client = new HttpClient(new CassetteMessageHandler(folder.FullName));
        using var content = new StringContent(Hello, Encoding.UTF8, "application/json");
        using var inProcess = await client.PostAsync(new Uri("http://service/v1/chat/completions"), content);
        Assert.Equal(["abc"], inProcess.TrailingHeaders.GetValues("x-checksum"));
    }
}
