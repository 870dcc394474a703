using System.Diagnostics;
using System.Globalization;

namespace OpenAICassette.Tests;

/// <summary>A program that is killed while it works.</summary>
internal static class KilledProgram
{
    /// <summary>
    /// How often a test kills it: a few times in the ordinary suite; <c>CASSETTE_KILLS</c> is how many.
    /// </summary>
    public static int Kills { get; } =
        int.Parse(Environment.GetEnvironmentVariable("CASSETTE_KILLS") ?? "2", CultureInfo.InvariantCulture);

    /// <summary>Runs a program that is beside the tests; kills it if it has not ended after some time.</summary>
    public static async Task RunAsync(string program, string[] arguments, string folder, TimeSpan life)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Join(AppContext.BaseDirectory, program), .. arguments])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var end = process.WaitForExitAsync();
        if (await Task.WhenAny(end, Task.Delay(life)) != end)
        {
            process.Kill();
        }

        await Task.WhenAll(end, output);
    }
}
