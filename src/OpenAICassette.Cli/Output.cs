using System.Text;

namespace OpenAICassette.Cli;

/// <summary>Results go to standard output in UTF-8 with line feeds on every system, problems to standard error.</summary>
internal sealed class Output : IDisposable
{
    private readonly StreamWriter _results = new(Console.OpenStandardOutput(), new UTF8Encoding(false), 16 << 10) { NewLine = "\n" };

    /// <summary>True once a problem was told.</summary>
    public bool HasProblem { get; private set; }

    /// <summary>The exit code that fits what was told.</summary>
    public int Code => HasProblem ? ExitCode.Problem : ExitCode.Fine;

    /// <summary>Writes a result.</summary>
    public void Write(string text) => _results.Write(text);

    /// <summary>Writes a result as a line.</summary>
    public void WriteLine(string text) => _results.WriteLine(text);

    /// <summary>Writes bytes as they are.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _results.Flush();
        _results.BaseStream.Write(bytes);
    }

    /// <summary>Shows what was written so far.</summary>
    public void Flush() => _results.Flush();

    /// <summary>Tells a problem.</summary>
    public void Problem(string message)
    {
        HasProblem = true;
        Note(message);
    }

    /// <summary>Tells something that is no result.</summary>
    public void Note(string message)
    {
        _results.Flush();
        Console.Error.WriteLine($"cassette: {message}");
    }

    /// <inheritdoc/>
    public void Dispose() => _results.Dispose();
}
