using System.Globalization;

namespace OpenAICassette.Benchmarks;

/// <summary>Figures of a server that no load generator gives.</summary>
internal static class ServerFigures
{
    /// <summary>Measures one thing and prints it.</summary>
    /// <param name="args">What to measure, and its arguments.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> PrintAsync(string[] args)
    {
        switch (args)
        {
            case ["connections", var address, var process, var count]:
                await OpenConnections.PrintAsync(new Uri(address), Number(process), Number(count));
                return 0;
            case ["pace", var address, var cassette, var streams]:
                await PacedStreams.PrintAsync(new Uri(address), cassette, Number(streams));
                return 0;
            case ["beside-sockets", var address, var process, var cassette, var runs]:
                await BareSockets.PrintAsync(new Uri(address), Number(process), cassette, Number(runs));
                return 0;
            case ["sockets", var answer, var requestLength]:
                await BareSockets.AnswerAsync(answer, Number(requestLength));
                return 0;
            case ["match", var count]:
                await MatchTime.PrintAsync(Number(count));
                return 0;
            case ["ready", var folder]:
                await ReadyTime.PrintAsync(folder);
                return 0;
            default:
                await Console.Error.WriteLineAsync(
                    "server connections URL PID COUNT | pace URL CASSETTE STREAMS | beside-sockets URL PID CASSETTE RUNS"
                        + " | match COUNT | ready FOLDER"
                );
                return 2;
        }
    }

    /// <summary>The value below which a share of the values lies.</summary>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
