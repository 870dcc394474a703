namespace OpenAICassette.Tests;

public sealed class RecordingTimeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_recording_has_the_times_of_the_clock()
    {
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                await UpstreamStub.BeginEventsAsync(exchange);
                await UpstreamStub.SendChunkAsync(exchange, "Hello");
                await UpstreamStub.SendChunkAsync(exchange, string.Empty, finish: "\"stop\"");
            }
        );
        await using var session = new RecordingSession(upstream.Uri, _folder, time: new SteadyClock());

        await session.AskAsync(RecordingSession.HelloStream);

        var interaction = Assert.Single(session.Cassettes).InteractionAt(0);
        Assert.Equal(SteadyClock.Start, interaction.StartedAt);
        Assert.Equal(2, interaction.Response.Frames.Count);
        Assert.All(interaction.Response.Frames, frame => Assert.Equal(TimeSpan.Zero, frame.At));
    }

    /// <summary>A clock that stands still.</summary>
    private sealed class SteadyClock : TimeProvider
    {
        public static DateTimeOffset Start { get; } = new(2031, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Start;

        public override long GetTimestamp() => 42;
    }
}
