using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

public sealed class ReplayCommandTests : IDisposable
{
    private const string Said = "THE TEAMS PLAYING IN THE IMAGE ARE THE CLEVELAND CAVALIERS AND THE BROOKLYN NETS.";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void As_text_what_was_said_is_written()
    {
        var run = CassetteProcess.Run("replay", Repository.Capitals);
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(Said + "\n", run.Output);
    }

    [Fact]
    public void One_interaction_is_chosen_by_its_index()
    {
        var run = CassetteProcess.Run("replay", Repository.Capitals, "--index", "0");
        Assert.Equal((0, Said + "\n", string.Empty), (run.Code, run.Output, run.Error));
        run = CassetteProcess.Run("replay", Repository.Capitals, "--index", "1");
        Assert.NotEqual(0, run.Code);
        Assert.Empty(run.Output);
        Assert.Contains(
            "there is no interaction 1: the cassette has 1 interaction, from 0",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void As_server_sent_events_every_chunk_is_a_frame_and_DONE_the_last()
    {
        var run = CassetteProcess.Run("replay", Repository.Capitals, "--as", "sse");
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        var frames = run.Output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(29, frames.Length);
        Assert.Equal("data: [DONE]", frames[^1]);
        Assert.All(frames[..^1], frame => JsonDocument.Parse(frame["data: ".Length..]).Dispose());
    }

    [Fact]
    public void As_JSON_every_event_is_one_line_and_a_high_speed_changes_only_the_offsets()
    {
        var run = CassetteProcess.RunWith(
            File.ReadAllBytes(Repository.Capitals),
            "replay",
            "-",
            "--as",
            "json",
            "--speed",
            "1e9"
        );
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        var events = run.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(Enumerable.Range(0, 28), events.Select(played => played.GetProperty("index").GetInt32()));
        Assert.Equal(Said, string.Concat(events.Select(played => played.GetProperty("text").GetString())));
        Assert.Equal(
            [
                "index",
                "offset",
                "role",
                "text",
                "reasoning",
                "refusal",
                "toolCalls",
                "finishReason",
                "promptTokens",
                "completionTokens",
            ],
            events[0].EnumerateObject().Select(member => member.Name)
        );
    }

    [Fact]
    public void Tool_calls_stand_after_the_text()
    {
        var path = _folder.Add(
            "a.json",
            """
            {"request":{"url":"x"},"response":{"is_streaming":true,"body":[
              {"choices":[{"index":0,"delta":{"content":"Looking."}}]},
              {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"{}"}}]}}]}]}}
            """u8
        );
        Assert.Equal(["Looking.", "[call] f({})"], CassetteProcess.Run("replay", path).Lines);
    }

    [Fact]
    public void A_recorded_error_is_told_after_the_events_that_came_before()
    {
        var path = _folder.Add(
            "a.json",
            """
            {"request":{"url":"x"},"response":{"is_streaming":true,"body":[{"choices":[{"index":0,"delta":{"content":"Hel"}}]}],
              "is_exception":true,"exception_data":{"category":"provider_sdk","type":"APIError","message":"cut off","status_code":500}}}
            """u8
        );
        var run = CassetteProcess.Run("replay", path);
        run.AssertProblems(1, "a.json: the recorded call failed: 500 APIError: cut off");
        Assert.Equal("Hel\n", run.Output);
    }

    [Fact]
    public void A_missing_file_is_a_problem() =>
        CassetteProcess
            .Run("replay", _folder["missing.json"])
            .AssertProblems(1, $"{_folder["missing.json"]}: no such file");

    [Fact]
    public void A_folder_replays_all_its_cassettes_in_order()
    {
        _folder.AddCapitals("a.json");
        _folder.AddCapitals("b.json");
        Assert.Equal([Said, Said], CassetteProcess.Run("replay", _folder.FullName).Lines);
    }

    [Fact]
    public void A_recorded_event_stream_is_written_byte_for_byte()
    {
        var path = SharedData.Era("head/messages/recordings", "f22657bfd86d");
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        var lines = file
            .RootElement.GetProperty("response")
            .GetProperty("body")
            .EnumerateArray()
            .Select(line => line.GetString() + "\n");
        Assert.Equal(
            Encoding.UTF8.GetBytes(string.Concat(lines)),
            CassetteProcess.Run("replay", path, "--as", "sse").Bytes
        );
    }
}
