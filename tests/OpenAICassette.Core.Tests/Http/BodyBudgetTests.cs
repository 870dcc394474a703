using System.IO.Compression;
using System.Net;
using OpenAICassette.Http;
using OpenAICassette.Server;
using static OpenAICassette.Tests.RecordingSession;

namespace OpenAICassette.Tests;

/// <summary>All connections share one budget for the bodies that are on their way.</summary>
public class BodyBudgetTests
{
    private const int Megabyte = 1 << 20;

    private static readonly HttpServerOptions s_small = new() { MaxBodiesInFlight = 6 * Megabyte };

    [Fact]
    public async Task Bodies_that_are_too_much_together_get_503_until_others_are_answered()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new TestServer(
            async exchange =>
            {
                await (exchange.Path == "/wait" ? go.Task : Task.CompletedTask);
                await exchange.SendAsync(RecordedHandler.Text($"{exchange.Body.Length}"));
            },
            s_small
        );
        using var first = await server.ConnectAsync();
        await first.SendAsync(Request("/wait", new byte[2 * Megabyte]));
        await Soon.UntilAsync(() => !server.Handler.Asked.IsEmpty, () => "no request arrived");
        using var second = await server.ConnectAsync();
        await second.SendAsync(Request("/", new byte[2 * Megabyte]));
        var refused = await second.ReadAnswerAsync();
        Assert.Equal((503, "1", "close"), (refused.Status, refused["Retry-After"], refused["Connection"]));
        Assert.Contains("6 MB, which is its limit", refused.ErrorMessage(), StringComparison.Ordinal);
        go.SetResult();
        Assert.Equal($"{2 * Megabyte}", (await first.ReadAnswerAsync()).Text);
        await AssertNothingIsHeldAsync(server);
        using var third = await server.ConnectAsync();
        await third.SendAsync(Request("/", new byte[Megabyte]));
        Assert.Equal(200, (await third.ReadAnswerAsync()).Status);
    }

    [Fact]
    public async Task What_a_body_is_decoded_to_counts()
    {
        await using var server = new TestServer(options: s_small);
        using var client = await server.ConnectAsync();
        await client.SendAsync(Request("/", Bomb(5 * Megabyte), "Content-Encoding: br\r\n"));
        Assert.Equal(503, (await client.ReadAnswerAsync()).Status);
        await AssertNothingIsHeldAsync(server);
        Assert.Empty(server.Handler.Asked);
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_its_body_gives_its_share_back()
    {
        await using var server = new TestServer();
        using (var client = await server.ConnectAsync())
        {
            await client.SendAsync(Request("/", new byte[3 * Megabyte])[..(2 * Megabyte)]);
            await Soon.UntilAsync(() => server.Server.Bodies.Held > Megabyte, () => "nothing is held");
        }

        await server.AssertAllClosedAsync();
        Assert.Equal(0, server.Server.Bodies.Held);
    }

    [Fact]
    public void An_answer_that_is_too_much_is_let_go()
    {
        var budget = new BodyBudget(3 * Megabyte);
        using var first = new ReceivedBody(new BodyShare(budget), budget);
        using var second = new ReceivedBody(new BodyShare(budget), budget);
        first.Add(new byte[2 * Megabyte], TimeSpan.Zero);
        second.Add(new byte[Megabyte], TimeSpan.Zero);
        second.Add(new byte[1], TimeSpan.Zero);
        Assert.Equal((null, 2 * Megabyte), (first.Problem, budget.Held));
        Assert.Contains("too long", second.Problem, StringComparison.Ordinal);
        first.Release();
        Assert.Equal((0, 0), (budget.Held, second.Length));
    }

    [Fact]
    public async Task A_body_with_too_many_values_gets_413()
    {
        await using var server = CassetteServer.Start([BuiltMatcher.Cassette(Hello)]);
        using var client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port));
        await client.SendAsync(
            Request(BuiltMatcher.Chat, Bomb(20 * Megabyte, "[0,0,"u8, (byte)'[', (byte)','), "Content-Encoding: br\r\n")
        );
        var answer = await client.ReadAnswerAsync();
        Assert.Equal(413, answer.Status);
        Assert.Contains("more than 2000000 JSON values", answer.ErrorMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_body_is_matched_like_any_other()
    {
        var large = Hello.Replace("Hello", new string('x', 3 * Megabyte), StringComparison.Ordinal);
        await using var server = CassetteServer.Start([BuiltMatcher.Cassette(large)]);
        using var client = new HttpClient { BaseAddress = server.Uri };
        for (var i = 0; i < 2; i++)
        {
            using var content = new StringContent(large);
            using var answer = await client.PostAsync(new Uri(BuiltMatcher.Chat, UriKind.Relative), content);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static Task AssertNothingIsHeldAsync(TestServer server) =>
        Soon.UntilAsync(() => server.Server.Bodies.Held == 0, () => $"{server.Server.Bodies.Held} bytes are held");

    private static byte[] Request(string path, byte[] body, string fields = "") =>
        [
            .. System.Text.Encoding.ASCII.GetBytes(
                $"POST {path} HTTP/1.1\r\nHost: localhost\r\n{fields}Content-Length: {body.Length}\r\n\r\n"
            ),
            .. body,
        ];

    private static byte[] Bomb(int length) => Bomb(length, default, (byte)'a', (byte)'a');

    private static byte[] Bomb(int length, ReadOnlySpan<byte> start, byte one, byte other)
    {
        var text = new byte[length];
        for (var i = 0; i < length; i++)
        {
            text[i] =
                i < start.Length ? start[i]
                : i % 2 == 0 ? one
                : other;
        }

        using var result = new MemoryStream();
        using (var compressor = new BrotliStream(result, CompressionLevel.Optimal))
        {
            compressor.Write(text);
        }

        return result.ToArray();
    }
}
