using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace OpenAICassette.Tests;

/// <summary>
/// Changed inputs crash no reader, do not make it hang, and do not make it use memory without bound. The ordinary suite
/// tries the same few in every run. With <c>CASSETTE_FUZZ_MINUTES</c> they are others in every run, for as long as
/// that.
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 150;
    private const long MostAllocated = 2L << 30;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private static readonly double s_minutes = double.Parse(
        Environment.GetEnvironmentVariable("CASSETTE_FUZZ_MINUTES") ?? "0",
        CultureInfo.InvariantCulture
    );

    public static TheoryData<string> Names => [.. FuzzTargets.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Changed_inputs_are_refused_or_read(string name)
    {
        var target = FuzzTargets.All[name];
        var seed = s_minutes > 0 ? Environment.TickCount : 20_100;
        var inputs = new FuzzInput(new Random(seed), target.Seeds);
        var clock = Stopwatch.StartNew();
        var time = TimeSpan.FromMinutes(s_minutes / FuzzTargets.All.Count);
        var state = new Running();
        var running = Task.Factory.StartNew(
            () =>
            {
                while (s_minutes > 0 ? clock.Elapsed < time : state.Count < Rounds)
                {
                    state.Begin(inputs.Next());
                    Run(target, state.Input);
                }
            },
            TaskCreationOptions.LongRunning
        );
        while (await Task.WhenAny(running, Task.Delay(500)) != running)
        {
            if (state.Since > s_patience)
            {
                Assert.Fail($"{name} hangs: {Show(state.Input)}");
            }
        }

        await running;
        output.WriteLine($"{name}: {state.Count} inputs, seed {seed}");
        if (s_minutes > 0 && Environment.GetEnvironmentVariable("CASSETTE_FUZZ_LOG") is { } log)
        {
            await File.AppendAllTextAsync(log, $"{name}\t{state.Count}\t{seed}\n");
        }
    }

    private static void Run(FuzzTarget target, byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Run(input);
        }
#pragma warning disable CA1031 // Whatever goes wrong is told, with the input.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Assert.Fail($"{target.Name}: {e}\n{Show(input)}");
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > MostAllocated)
        {
            Assert.Fail($"{target.Name} allocated {allocated} bytes: {Show(input)}");
        }
    }

    /// <summary>Returns an input so that it can become a test, in base64; a long one as a file.</summary>
    private static string Show(byte[] input)
    {
        const int Longest = 8000;
        if (input.Length <= Longest)
        {
            return Convert.ToBase64String(input);
        }

        var path = Path.Join(Path.GetTempPath(), $"cassette-fuzz-{Guid.NewGuid():N}");
        File.WriteAllBytes(path, input);
        return path;
    }

    private sealed class Running
    {
        private long _began = Environment.TickCount64;

        public int Count { get; private set; }

        public byte[] Input { get; private set; } = [];

        public TimeSpan Since => TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref _began));

        public void Begin(byte[] input)
        {
            Input = input;
            Count++;
            Volatile.Write(ref _began, Environment.TickCount64);
        }
    }
}
