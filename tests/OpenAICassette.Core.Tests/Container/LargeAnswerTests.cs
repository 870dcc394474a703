using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenAICassette.Cassettes;

namespace OpenAICassette.Tests;

/// <summary>Answers that are longer than what is held in memory.</summary>
public class LargeAnswerTests
{
    private const int Megabyte = 1 << 20;
    private const int Length = 70 * Megabyte;

    [Theory]
    [InlineData("application/octet-stream")]
    [InlineData("text/plain")]
    public async Task Long_text_is_recorded_without_its_secrets_and_replayed(string type)
    {
        var key = PlantedKey.Of("openai-api-key");
        var text = Lines(Length);
        Encoding.UTF8.GetBytes($"\nThe key is {key}\n").CopyTo(text.AsSpan(Length / 2));
        using var folder = new TempFolder();
        await using var upstream = Sending(type, text);
        await using (var session = new RecordingSession(upstream.Uri, folder))
        {
            using var answer = await session.SendAsync(HttpMethod.Get, "/v1/files/file-1/content");
            var received = await answer.Content.ReadAsByteArrayAsync();
            Assert.True(text.AsSpan().SequenceEqual(received));
            Assert.False(session.Last.IsLost, session.Last.Error);
            Assert.DoesNotContain(folder.Files, file =>
                File.ReadAllBytes(folder[file]).AsSpan().IndexOf(Encoding.UTF8.GetBytes(key)) >= 0
            );
        }

        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        using var replayed = await replay.SendAsync(HttpMethod.Get, "/v1/files/file-1/content");
        var clean = await replayed.Content.ReadAsByteArrayAsync();
        Assert.True(clean.AsSpan(0, Length / 2).SequenceEqual(text.AsSpan(0, Length / 2)));
        Assert.True(clean.AsSpan(^(Length / 4)..).SequenceEqual(text.AsSpan(^(Length / 4)..)));
    }

    [Fact]
    public async Task A_stream_longer_than_64_MB_is_passed_on_and_not_recorded()
    {
        using var folder = new TempFolder();
        await using var upstream = Sending("text/event-stream", Lines(65 * Megabyte));
        await using var session = new RecordingSession(upstream.Uri, folder);
        using var answer = await session.SendAsync();
        Assert.Equal(65 * Megabyte, (await answer.Content.ReadAsByteArrayAsync()).Length);
        Assert.Equal(RequestOutcome.Forwarded, session.Last.Outcome);
        Assert.Contains("longer than 64 MB", session.Last.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void A_long_text_is_not_cut_in_the_middle_of_a_private_key()
    {
        var bytes = Convert.ToBase64String(RandomNumberGenerator.GetBytes(90));
        var key = $"-----BEGIN PRIVATE KEY-----\n{bytes}\n-----END PRIVATE KEY-----\n";
        for (var before = Megabyte - key.Length; before <= Megabyte; before += 13)
        {
            var text = Encoding.UTF8.GetBytes($"{new string('x', before - 1)}\n{key}{new string('y', Megabyte)}");
            var isWhole = false;
            PayloadContent.ScrubText(text, piece =>
            {
                isWhole |= JsonSerializer.Deserialize<string>(piece.Span)!.Contains(key, StringComparison.Ordinal);
                return piece;
            });
            Assert.True(isWhole, $"{before}");
        }
    }

    private static UpstreamStub Sending(string type, byte[] body) =>
        new(
            async (exchange, _) =>
            {
                await exchange.BeginAsync(200, [new("Content-Type", type)]);
                for (var at = 0; at < body.Length; at += Megabyte)
                {
                    await exchange.WriteAsync(body.AsMemory(at, Math.Min(Megabyte, body.Length - at)));
                }
            }
        );

    /// <summary>Returns lines of lower-case letters and spaces.</summary>
    private static byte[] Lines(int length)
    {
        var body = new byte[length];
        for (var i = 0; i < body.Length; i++)
        {
            body[i] = (byte)(
                i % 997 == 0 ? '\n'
                : i % 7 == 0 ? ' '
                : 'a' + (i % 23)
            );
        }

        return body;
    }
}
