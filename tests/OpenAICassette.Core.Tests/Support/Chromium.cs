using System.Diagnostics;

namespace OpenAICassette.Tests;

/// <summary>A headless Chromium, where one is on the path.</summary>
internal static class Chromium
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Why tests that need it do not run; null where it is there.</summary>
    public static string? Missing => Program is null ? "needs chromium on the PATH" : null;

    private static string? Program =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .SelectMany(folder => s_names.Select(name => Path.Join(folder, name)))
            .FirstOrDefault(File.Exists);

    /// <summary>Opens a page and gives the document as it then is, and what was written to the console.</summary>
    public static (string Document, string Console) Open(
        string page,
        int width,
        bool isDark = false,
        string fragment = ""
    )
    {
        using var profile = new TempFolder();
        var start = new ProcessStartInfo(Program!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (
            var argument in new[]
            {
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                $"--user-data-dir={profile.FullName}",
                "--enable-logging=stderr",
                "--v=0",
                $"--window-size={width},800",
                $"--blink-settings=preferredColorScheme={(isDark ? 0 : 1)}",
                "--virtual-time-budget=5000",
                "--dump-dom",
                new Uri(page).AbsoluteUri + (fragment.Length > 0 ? $"#{fragment}" : string.Empty),
            }
        )
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var console = process.StandardError.ReadToEndAsync();
        var document = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (
            document,
            string.Join(
                '\n',
                console.Result.Split('\n').Where(line => line.Contains(":CONSOLE", StringComparison.Ordinal))
            )
        );
    }
}
