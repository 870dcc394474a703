using System.Diagnostics;
using System.Globalization;

namespace OpenAICassette.Cli;

/// <summary>Runs a server in a process of its own, which outlives the command that started it.</summary>
internal static class DetachedServer
{
    private const string Detach = "--detach";
    private const string Ready = "--ready-file";
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>Starts the server and waits until it answers.</summary>
    /// <param name="readyFile">The file in which it reports its address; null for a temporary file.</param>
    /// <param name="output">Receives its address and process id, or the problem.</param>
    /// <param name="cancellation">Ends the wait and the server.</param>
    public static async Task<int> StartAsync(string? readyFile, Output output, CancellationToken cancellation)
    {
        var ready = readyFile ?? Path.Join(Path.GetTempPath(), $"cassette-{Guid.NewGuid():n}.json");
        if (File.Exists(ready))
        {
            File.Delete(ready);
        }

        using var process = Process.Start(Same(readyFile is null ? [Ready, ready] : []))!;
        process.StandardInput.Close();
        var problems = process.StandardError.ReadToEndAsync(cancellation);
        var clock = Stopwatch.StartNew();
        try
        {
            while (!File.Exists(ready) && !process.HasExited && clock.Elapsed < s_patience)
            {
                await Task.Delay(s_poll, cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        if (!File.Exists(ready))
        {
            process.Kill();
            output.Note(
                (await problems.ConfigureAwait(false))
                    .TrimEnd()
                    .Replace("cassette: ", string.Empty, StringComparison.Ordinal)
            );
            output.Problem("the server did not start");
            return ExitCode.Problem;
        }

        var uri = JsonValue
            .ParseOrUndefined(await File.ReadAllBytesAsync(ready, cancellation).ConfigureAwait(false))["uri"]
            .Text;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{uri} {process.Id}"));
        return output.Code;
    }

    /// <summary>Returns the arguments of this command without --detach.</summary>
    private static ProcessStartInfo Same(string[] more)
    {
        var words = Environment.GetCommandLineArgs();
        var host = Environment.ProcessPath!;

        // Under the dotnet host, the program is the first argument; otherwise it is the process.
        var isHosted = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] arguments =
        [
            .. isHosted ? [words[0]] : Array.Empty<string>(),
            .. words.Skip(1).TakeWhile(word => word != "--").Where(word => word != Detach),
            .. more,
            .. words.Skip(1).SkipWhile(word => word != "--"),
        ];
        return new ProcessStartInfo(host, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
    }
}
