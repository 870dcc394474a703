using System.Diagnostics;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>The SDKs of tests/node, which ask a server.</summary>
internal static class NodeClients
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly string s_folder = Path.Join(Repository.Root, "tests", "node");
    private static readonly Lazy<string?> s_missing = new(Install);

    /// <summary>Why tests that need them do not run; null where they are there.</summary>
    public static string? Missing => s_missing.Value;

    /// <summary>Has a client ask for recordings.</summary>
    /// <param name="root">The folder or file that is served.</param>
    /// <param name="asked">
    /// For each call the recording, and the function of the script that sends it with which body.
    /// </param>
    /// <returns>What the client reports, in the order of the calls.</returns>
    public static async Task<IReadOnlyList<JsonElement>> AskAsync(
        string root,
        IEnumerable<(RecordedCall Call, string Operation, object Body)> asked
    )
    {
        using var server = CassetteServer.Start(CassetteStore.Find(root, recurse: true), problem: load =>
            Assert.NotNull(load.SkippedBecause)
        );
        var lines = asked
            .Select(one =>
                JsonSerializer.Serialize(
                    new
                    {
                        operation = one.Operation,
                        cassette = one.Call.Cassette,
                        body = one.Body,
                    }
                )
            )
            .ToList();
        var (code, output, errors) = await RunAsync(
            "node",
            ["ask.mjs"],
            string.Join('\n', lines) + "\n",
            ("CASSETTE_URL", server.Uri.ToString())
        );
        Assert.True(code == 0, errors);
        var results = output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .ToList();
        Assert.Equal(lines.Count, results.Count);
        return results;
    }

    /// <summary>Has nock answer requests of fetch from a file that it loads.</summary>
    /// <param name="file">The file.</param>
    /// <param name="asked">The URL and the body of each request.</param>
    /// <returns>The answers, in the order of the requests.</returns>
    public static Task<IReadOnlyList<JsonElement>> AskNockAsync(
        string file,
        IEnumerable<(string Url, JsonElement Body)> asked
    ) => FetchAsync("nock.mjs", ("NOCK_FILE", file), asked);

    /// <summary>Has Polly.js answer requests of fetch from an archive.</summary>
    /// <param name="file">The file.</param>
    /// <param name="asked">The URL and the body of each request.</param>
    /// <returns>The answers, in the order of the requests.</returns>
    public static Task<IReadOnlyList<JsonElement>> AskPollyAsync(
        string file,
        IEnumerable<(string Url, JsonElement Body)> asked
    ) => FetchAsync("polly.mjs", ("POLLY_FILE", file), asked);

    private static async Task<IReadOnlyList<JsonElement>> FetchAsync(
        string script,
        (string Name, string Value) file,
        IEnumerable<(string Url, JsonElement Body)> asked
    )
    {
        var lines = asked.Select(one => JsonSerializer.Serialize(new { url = one.Url, body = one.Body }));
        var (code, output, errors) = await RunAsync(
            "node",
            [script],
            string.Join('\n', lines) + "\n",
            file
        );
        Assert.True(code == 0, errors);
        return
        [
            .. output
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line)),
        ];
    }

    /// <summary>Installs what the lock file names, unless that was done already.</summary>
    private static string? Install()
    {
        var installed = new FileInfo(Path.Join(s_folder, "node_modules", ".package-lock.json"));
        try
        {
            var (code, version, _) = RunAsync("node", ["--version"], string.Empty).GetAwaiter().GetResult();
            if (code != 0 || !int.TryParse(version.TrimStart('v').Split('.')[0], out var major) || major < 20)
            {
                return $"needs node 20 or later, not '{version.Trim()}'";
            }

            if (
                installed.Exists
                && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Join(s_folder, "package-lock.json"))
            )
            {
                return null;
            }

            var (result, _, errors) = RunAsync(
                    OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
                    ["ci", "--no-audit", "--no-fund", "--ignore-scripts"],
                    string.Empty
                )
                .GetAwaiter()
                .GetResult();
            return result == 0
                ? null
                : $"needs the packages of tests/node, which npm could not install: {errors.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal))}";
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or OperationCanceledException)
        {
            return $"needs node and npm: {e.Message}";
        }
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(
        string program,
        string[] arguments,
        string input,
        params (string Name, string Value)[] variables
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = s_folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
            StandardOutputEncoding = new System.Text.UTF8Encoding(false),
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), patience.Token).ConfigureAwait(false);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            return (process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
