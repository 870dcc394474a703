using System.Globalization;
using System.Text;
using OpenAICassette.Matching;
using OpenAICassette.Replay;

namespace OpenAICassette.Tests;

/// <summary>A miss among so many recordings that most are passed over by their marks.</summary>
public sealed class ManyRecordingsMissTests
{
    private const int Count = 20_000;

    private static readonly RequestPlayer s_player = Player();

    [Theory]
    [InlineData(0)]
    [InlineData(4_711)]
    [InlineData(Count - 1)]
    public void The_recording_that_differs_in_one_word_is_the_nearest(int index)
    {
        var miss = Miss(Question(index).Replace("easily", "hardly", StringComparison.Ordinal));

        Assert.Equal($"{index}.json", miss.Nearest!.Cassette.Name);
        Assert.Equal("/messages/1/content", Assert.Single(miss.Differences).Pointer);
    }

    [Fact]
    public void A_mark_of_a_sketch_is_nearest_to_itself_and_a_mark_without_hashes_to_another_one()
    {
        var one = SketchMark.Of([1, -2, 3], [400, -500]);
        var other = SketchMark.Of([1, -2, 4], [400, 600]);
        var empty = SketchMark.Of([], []);

        Assert.Equal(SketchMark.MostLikeness, SketchMark.Likeness(in one, in one));
        Assert.Equal(SketchMark.MostLikeness, SketchMark.Likeness(in empty, in empty));
        Assert.InRange(SketchMark.Likeness(in one, in other), 1, SketchMark.MostLikeness - 1);
        Assert.Equal(0, SketchMark.Likeness(in one, in empty));
    }

    private static MissReport Miss(string question)
    {
        var body = Encoding.UTF8.GetBytes(Body(question));
        var play = s_player.Receive(new ApiRequest("POST", "/v1/chat/completions", string.Empty, body));
        s_player.Explain(play);
        return play.Entry.Miss!;
    }

    private static RequestPlayer Player()
    {
        var player = new RequestPlayer(new ReplayOptions());
        for (var index = 0; index < Count; index++)
        {
            var body = Body(Question(index));
            var recording =
                $$$"""{"request":{"method":"POST","url":"http://localhost/v1/chat/completions","headers":{},"body":{{{body}}},"endpoint":"/v1/chat/completions","model":"m"},"response":{"body":{"id":"c"},"is_streaming":false}}""";
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(recording));
            player.Add(player.Prepare(CassetteStore.Open(file, $"{index}.json")));
        }

        return player;
    }

    private static string Question(int index) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Question {index}: how is the number {index % 97} easily told from {index % 1013} by those who count?"
        );

    private static string Body(string question) =>
        $$$"""{"model":"m","messages":[{"role":"system","content":"You are a helpful assistant."},{"role":"user","content":"{{{question}}}"}],"temperature":0.5}""";
}
