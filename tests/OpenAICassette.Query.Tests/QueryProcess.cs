using System.Diagnostics;
using System.Text;

namespace OpenAICassette.Query.Tests;

/// <summary>One run of the program: what it wrote and how it ended.</summary>
internal sealed record QueryProcess(int Code, string Output, string Error)
{
    /// <summary>Runs the program to its end.</summary>
    public static QueryProcess Run(string input, params string[] arguments)
    {
        var program = Path.Join(AppContext.BaseDirectory, "cassette-query.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = Repository.Root,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "the program did not end");
        return new QueryProcess(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
