using System.Net;
using System.Text.RegularExpressions;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>What the RFCs say holds for a server that replays and for one that records.</summary>
public class HttpRuleTests
{
    public static IEnumerable<object[]> All =>
        HttpRule.All.Select(row => new object[] { row.Section, row.Rule, row.Request, row.Status });

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_server_keeps_to(string section, string rule, string request, int status)
    {
        await using var server = new TestServer();
        using var client = await server.ConnectAsync();
        await client.SendAsync(Regex.Unescape(request));
        var answer = await client.ReadAnswerAsync();
        Assert.True(status == answer.Status, $"RFC {section}, {rule}: {answer.Status} {answer.Text}");
        Assert.NotNull(answer["Date"]);
        Assert.Equal(status == 200 ? 1 : 0, server.Handler.Asked.Count);
    }

    [Fact]
    public async Task A_recording_server_forwards_what_is_valid_and_not_a_byte_of_what_is_not()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var session = new RecordingSession(upstream.Uri, folder);
        foreach (var (section, rule, request, status) in HttpRule.All)
        {
            var before = upstream.Count;
            using var client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, session.Server.Port));
            await client.SendAsync(Regex.Unescape(request));
            var answer = await client.ReadAnswerAsync();
            Assert.True(status == answer.Status, $"RFC {section}, {rule}: {answer.Status} {answer.Text}");
            Assert.True(upstream.Count - before == (status == 200 ? 1 : 0), $"RFC {section}, {rule}");
        }

        Assert.DoesNotContain(upstream.Headers, headers => headers.ContainsKey("Transfer-Encoding"));
    }

    [Fact]
    public async Task Nothing_malformed_opens_a_connection_to_the_upstream()
    {
        using var folder = new TempFolder();
        await using var upstream = ScriptedUpstream.Sending("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var session = new RecordingSession(upstream.Uri, folder);
        foreach (var (status, request) in MalformedRequest.All)
        {
            using var client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, session.Server.Port));
            await client.SendAsync(Regex.Unescape(request));
            Assert.Equal(status, (await client.ReadAnswerAsync()).Status);
            Assert.True(upstream.Received == 0, request);
        }

        Assert.Empty(folder.Files);
    }
}
