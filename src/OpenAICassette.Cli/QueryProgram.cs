using System.Diagnostics;

namespace OpenAICassette.Cli;

/// <summary>Hands <c>cassette query</c> and <c>cassette index</c> over to <c>cassette-query</c>.</summary>
internal static class QueryProgram
{
    private const string Name = "cassette-query";
    private const string Ask = "query";
    private const string Index = "index";

    /// <summary>Creates the commands for the help; their arguments are those of the program.</summary>
    public static IEnumerable<System.CommandLine.Command> Create() =>
        [
            new(Ask, $"Answer SQL about recordings. Requires {Name}; see its --help."),
            new(Index, $"Make or update an index of recordings. Requires {Name}; see its --help."),
        ];

    /// <summary>Returns whether a command line is for the program.</summary>
    public static bool IsFor(string[] arguments) => arguments is [Ask or Index, ..];

    /// <summary>Runs the program to its end.</summary>
    /// <returns>The program's exit code; 2 if it is not installed.</returns>
    public static int Run(string[] arguments)
    {
        if (Find() is not { } program)
        {
            Console.Error.WriteLine($"{Output.Program}: {Name} is not on the PATH");
            Console.Error.WriteLine(
                $"{Output.Program}: to install it, run 'dotnet tool install --global OpenAICassette.Query.Cli'"
            );
            return ExitCode.Usage;
        }

        // Ctrl+C reaches both; this one waits for the other.
        Console.CancelKeyPress += (_, press) => press.Cancel = true;
        var words = arguments[0] == Index ? arguments : arguments[1..];
        using var process = Process.Start(new ProcessStartInfo(program, words) { UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Finds the program on the PATH alone: one in the current folder could be anybody's.</summary>
    private static string? Find()
    {
        var file = OperatingSystem.IsWindows() ? $"{Name}.exe" : Name;
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Join(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
