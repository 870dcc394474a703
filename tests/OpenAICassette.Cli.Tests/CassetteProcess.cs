using System.Diagnostics;
using System.Text;

namespace OpenAICassette.Tests;

/// <summary>One run of the program: what it wrote and how it ended.</summary>
internal sealed record CassetteProcess(int Code, byte[] Bytes, string Error)
{
    private static readonly UTF8Encoding s_strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Standard output; fails where it is no UTF-8.</summary>
    public string Output => s_strict.GetString(Bytes);

    /// <summary>The lines of standard output, each of which must end in a line feed.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            Assert.True(Output.Length == 0 || Output[^1] == '\n', "the output does not end in a line feed");
            return Output.Length == 0 ? [] : Output[..^1].Split('\n');
        }
    }

    /// <summary>The lines of standard error.</summary>
    public IReadOnlyList<string> Problems => Error.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs the program to its end.</summary>
    public static CassetteProcess Run(params string[] arguments) => Start([], Repository.Root, arguments);

    /// <summary>Runs the program in a folder.</summary>
    public static CassetteProcess RunIn(string folder, params string[] arguments) => Start([], folder, arguments);

    /// <summary>Runs the program with something on its standard input.</summary>
    public static CassetteProcess RunWith(byte[] input, params string[] arguments) =>
        Start(input, Repository.Root, arguments);

    /// <summary>
    /// Fails unless the program told of exactly these problems, in its own words and without a stack trace.
    /// </summary>
    public void AssertProblems(int code, params string[] problems)
    {
        Assert.Equal(problems.Select(problem => $"cassette: {problem}"), Problems);
        Assert.Equal(code, Code);
    }

    private static CassetteProcess Start(byte[] input, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Join(AppContext.BaseDirectory, "cassette.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = s_strict,
            WorkingDirectory = folder,
        };

        // Of an encoding that has not all letters, the program must not take notice.
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = ReadAsync(process.StandardOutput.BaseStream);
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "the program did not end");
        return new CassetteProcess(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes).ConfigureAwait(false);
        return bytes.ToArray();
    }
}
