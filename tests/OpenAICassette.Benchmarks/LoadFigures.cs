using System.Globalization;

namespace OpenAICassette.Benchmarks;

/// <summary>
/// Puts two servers under a mixed load for minutes, one that replays and one that records, and prints how much memory,
/// how many handles and how many threads they have at each minute: after the first, nothing should grow.
/// </summary>
internal static class LoadFigures
{
    private const int Clients = 12;

    /// <summary>
    /// How long a client that records waits: each recording is kept in an index, so memory follows their number.
    /// </summary>
    private static readonly TimeSpan s_recordingPause = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs the load.</summary>
    /// <param name="program">The program <c>cassette</c>, or its dll.</param>
    /// <param name="minutes">How long.</param>
    public static async Task<int> PrintAsync(string program, double minutes)
    {
        var folder = Directory.CreateTempSubdirectory("cassette-load-");
        await using var service = new LoadService();
        using var replaying = await LoadServer.StartAsync(
            program,
            Path.Join(AppContext.BaseDirectory, "capitals.json")
        );
        using var recording = await LoadServer.StartAsync(
            program,
            folder.FullName,
            "--mode",
            "all",
            "--upstream",
            service.Uri.ToString()
        );
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        var clients = Enumerable
            .Range(0, Clients)
            .Select(seed => new LoadClient(replaying.Uri, seed, s_pause))
            .Append(new LoadClient(recording.Uri, Clients, s_recordingPause))
            .Append(new LoadClient(recording.Uri, Clients + 1, s_recordingPause))
            .ToList();
        var running = clients.Select(client => Task.Run(() => client.RunAsync(end.Token))).ToList();
        Console.WriteLine("minute  server     MB  handles  threads  connections made  broken off  answered");
        for (var minute = 0; !end.IsCancellationRequested; minute++)
        {
            Print(minute, "replay", replaying, clients[..Clients]);
            Print(minute, "record", recording, clients[Clients..]);
            await Task.Delay(TimeSpan.FromMinutes(1), end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(running);
        await Task.Delay(TimeSpan.FromSeconds(3));
        Print(-1, "replay", replaying, clients[..Clients]);
        Print(-1, "record", recording, clients[Clients..]);
        folder.Delete(recursive: true);
        return 0;
    }

    private static void Print(int minute, string name, LoadServer server, List<LoadClient> clients) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(minute < 0 ? "after" : minute), 6}  {name, 6} {server.Megabytes, 6} {server.Handles, 8} {server.Threads, 8} {clients.Sum(client => client.Connections), 17} {clients.Sum(client => client.BrokenOff), 11} {clients.Sum(client => client.Answered), 9}"
            )
        );
}
