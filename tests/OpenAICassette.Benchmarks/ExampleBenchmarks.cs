using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace OpenAICassette.Benchmarks;

/// <summary>
/// The main job on the shipped example, each step from the file; the baseline is System.Text.Json reading the same
/// file.
/// </summary>
[MemoryDiagnoser]
public class ExampleBenchmarks
{
    private static readonly string s_path = Path.Join(AppContext.BaseDirectory, "capitals.json");

    [Benchmark(Baseline = true, Description = "JsonDocument.Parse")]
    public int Baseline()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(s_path));
        return document.RootElement.GetProperty("response").GetProperty("body").GetArrayLength();
    }

    [Benchmark(Description = "read")]
    public int Read() => CassetteStore.Open(s_path).Chunks;

    [Benchmark(Description = "read and replay")]
    public async Task<int> Replay()
    {
        var length = 0;
        await foreach (
            var played in ReplayPlayer.PlayAsync(CassetteStore.Open(s_path).Interactions[0], ReplayPace.None)
        )
        {
            length += played.Text.Length;
        }

        return length;
    }

    [Benchmark(Description = "read and transcribe")]
    public int Transcribe() =>
        TranscriptRenderer
            .Render(
                new Transcript(ConversationAssembler.Assemble(CassetteStore.Open(s_path).Interactions[0])),
                TranscriptOutput.Text
            )
            .Length;

    [Benchmark(Description = "read and scrub")]
    public int Scrub() => new Redactor().Redact(CassetteStore.Open(s_path)).Findings.Count;
}
