using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using OpenAICassette.Replay;

namespace OpenAICassette.Tests;

public class EventStreamTests
{
    [Fact]
    public async Task The_example_is_28_frames_of_compact_JSON_and_then_DONE()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Repository.Capitals));
        var chunks = file
            .RootElement.GetProperty("response")
            .GetProperty("body")
            .EnumerateArray()
            .Select(chunk => JsonComparison.Minified(Encoding.UTF8.GetBytes(chunk.Unwrapped().GetRawText())));
        var (frames, last) = await FramesAsync(CassetteStore.Open(Repository.Capitals).Interactions[0]);
        Assert.Equal(28, frames.Count);
        Assert.Equal(chunks.Select(chunk => $"data: {chunk}\n\n"), frames);
        Assert.True(EventStream.EndsWithDone(last));
        Assert.Equal("data: [DONE]\n\n", EventStream.Done);
    }

    [Theory]
    [InlineData("head/messages/recordings", "f22657bfd86d")]
    [InlineData("head/interactions/recordings", "df62e523dd87")]
    public async Task A_recorded_event_stream_is_given_back_byte_for_byte(string folder, string name)
    {
        var path = SharedData.Era(folder, name);
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        var lines = file
            .RootElement.GetProperty("response")
            .GetProperty("body")
            .EnumerateArray()
            .Select(line => line.GetString() + "\n");
        var (frames, last) = await FramesAsync(CassetteStore.Open(path).Interactions[0]);
        Assert.Equal(string.Concat(lines), string.Concat(frames));
        Assert.False(EventStream.EndsWithDone(last));
    }

    [Fact]
    public void Every_recorded_stream_can_be_read_again_by_another_parser() => Corpus.Some(100, (cassette, _) =>
        {
            var interaction = cassette.Interactions[0];
            if (!interaction.IsStreaming)
            {
                return false;
            }

            var (frames, _) = FramesAsync(interaction).GetAwaiter().GetResult();
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(frames)));
            var data = SseParser.Create(stream).Enumerate().Select(item => item.Data).ToList();
            Assert.Equal(interaction.ChunkCount, data.Count);
            Assert.All(data.Where(text => text != "[DONE]"), text => JsonDocument.Parse(text).Dispose());
            return true;
        });

    private static async Task<(List<string> Frames, ReplayEvent Last)> FramesAsync(Interaction interaction)
    {
        var events = new List<ReplayEvent>();
        await foreach (var played in ReplayPlayer.PlayAsync(interaction, ReplayPace.None))
        {
            events.Add(played);
        }

        return ([.. events.Select(EventStream.Frame)], events[^1]);
    }
}
