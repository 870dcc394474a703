using System.Globalization;
using System.Text.Json;

namespace OpenAICassette.Benchmarks;

/// <summary>
/// The part of the ledger that runs with each change: whole commands beside a process that reads the same files and
/// parses each with <see cref="JsonDocument"/>. It fails only if one takes a multiple of what it took.
/// </summary>
internal static class SpeedFigures
{
    private const int Runs = 5;

    /// <summary>
    /// A command may take this many times what it took: on other processors and under load the ratios differ by up to
    /// a half, and a gross regression makes more of it than this.
    /// </summary>
    private const double Tolerance = 2.5;

    /// <summary>
    /// What each command took of the native program, as a multiple of the control, medians of 5 rounds on two cores of
    /// x64 in November 2026. Take them again on a quiet machine when a command has become much faster: run this, and
    /// write its column "ratio" here.
    /// </summary>
    private static readonly (double Ratio, string[] Command)[] s_commands =
    [
        (0.45, ["list", "--json"]),
        (0.8, ["list", "--json", "--keys"]),
        (0.55, ["grep", "--text", "the capital"]),
        (1.4, ["scrub", "--check"]),
        (2.0, ["transcript"]),
        (1.5, ["verify"]),
    ];

    /// <summary>Measures and prints.</summary>
    /// <param name="args">The native program, or <c>--control</c> and a folder for the control.</param>
    /// <returns>The exit code: 1 if a command is over its limit.</returns>
    public static int Print(string[] args)
    {
        switch (args)
        {
            case ["--control", var read]:
                return Parse(read);
            case [var program] when File.Exists(program):
                var folder = Directory.CreateTempSubdirectory("cassette-speed-");
                try
                {
                    return Compare(program, folder.FullName);
                }
                catch (InvalidOperationException e)
                {
                    Console.Error.WriteLine($"FAILED: {e.Message}");
                    return 1;
                }
                finally
                {
                    folder.Delete(recursive: true);
                }

            default:
                Console.Error.WriteLine("speed PROGRAM: PROGRAM is the native cassette, as dotnet publish makes it");
                return 2;
        }
    }

    private static int Compare(string program, string folder)
    {
        var files = SpeedCorpus.Make(folder);
        var control = new List<double>();
        var ratios = Array.ConvertAll(s_commands, _ => new List<double>());
        for (var run = 0; run <= Runs; run++)
        {
            for (var i = 0; i < s_commands.Length; i++)
            {
                // The control runs beside each command, because the load of a machine changes from second to second.
                var beside = ChildTime.Of(
                    "dotnet",
                    typeof(SpeedFigures).Assembly.Location,
                    "speed",
                    "--control",
                    folder
                );
                var took = ChildTime.Of(program, [.. s_commands[i].Command, folder]);

                // The first round warms the page cache and is not counted.
                if (run > 0)
                {
                    control.Add(beside.TotalMilliseconds);
                    ratios[i].Add(took / beside);
                }
            }
        }

        Line(
            $"{files} recordings, {Runs} rounds, processor time; the control takes {ServerFigures.Percentile(control, 0.5):0} ms"
        );
        Line($"{"command", -24} {"ratio", 6} {"limit", 6}");
        var isSlow = false;
        for (var i = 0; i < s_commands.Length; i++)
        {
            var name = string.Join(' ', s_commands[i].Command);
            var (ratio, limit) = (ServerFigures.Percentile(ratios[i], 0.5), s_commands[i].Ratio * Tolerance);
            var verdict = ratio > limit ? "  TOO SLOW" : string.Empty;
            isSlow |= ratio > limit;
            Line($"{name, -24} {ratio, 6:0.00} {limit, 6:0.00}{verdict}");
        }

        if (isSlow)
        {
            Line($"FAILED: a command takes more than {Tolerance} times what it took beside the control");
        }

        return isSlow ? 1 : 0;
    }

    private static int Parse(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (!document.RootElement.TryGetProperty("request", out _))
            {
                return 2;
            }
        }

        return 0;
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
