using System.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Cli;

/// <summary>
/// Results go to standard output in UTF-8 with line feeds on every system, problems to standard error. Whatever is
/// shown on a screen comes through here, and its control characters are shown and not sent.
/// </summary>
internal sealed class Output : IDisposable
{
    private readonly StreamWriter _results = new(Console.OpenStandardOutput(), new UTF8Encoding(false), 16 << 10)
    {
        NewLine = "\n",
    };
    private bool _hasInternalError;

    /// <summary>True once a problem was told.</summary>
    public bool HasProblem { get; private set; }

    /// <summary>The exit code that fits what was told.</summary>
    public int Code => CodeWith(isFound: false);

    /// <summary>The exit code that fits what was told, for a command that looks for something.</summary>
    /// <param name="isFound">Whether it was found.</param>
    public int CodeWith(bool isFound) =>
        _hasInternalError ? ExitCode.InternalError
        : HasProblem || isFound ? ExitCode.Problem
        : ExitCode.Fine;

    /// <summary>Writes a document or data, as they are.</summary>
    public void Write(string text) => Send(() => _results.Write(text));

    /// <summary>Writes a line of a document or of data, as it is.</summary>
    public void WriteLine(string text) => Send(() => _results.WriteLine(text));

    /// <summary>Writes lines for people.</summary>
    public void Show(string lines) => WriteLine(InertText.OfLines(lines));

    /// <summary>Writes bytes as they are.</summary>
    public void Write(ReadOnlyMemory<byte> bytes) =>
        Send(() =>
        {
            _results.Flush();
            _results.BaseStream.Write(bytes.Span);
        });

    /// <summary>Shows what was written so far.</summary>
    /// <exception cref="OutputException">Standard output takes no more.</exception>
    public void Flush() => Send(_results.Flush);

    /// <summary>Tells a problem.</summary>
    public void Problem(string message)
    {
        HasProblem = true;
        Note(message);
    }

    /// <summary>Tells what is wrong with a file.</summary>
    public void Problem(CassetteException error)
    {
        _hasInternalError |= error.Error == CassetteError.InternalError;
        Problem(error.Message);
    }

    /// <summary>Does the work on one file; an exception is that file's problem, and the others go on.</summary>
    /// <param name="path">The file.</param>
    /// <param name="work">The work.</param>
    public void Try(string path, Action work) =>
        TryAsync(path, () =>
            {
                work();
                return Task.CompletedTask;
            })
            .GetAwaiter()
            .GetResult();

    /// <summary>Does the work on one file; an exception is that file's problem, and the others go on.</summary>
    /// <param name="path">The file.</param>
    /// <param name="work">The work.</param>
    public async Task TryAsync(string path, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutputException))
        {
            Problem(CassetteException.Of(e, path));
        }
    }

    /// <summary>Tells something that is no result.</summary>
    public void Note(string message)
    {
        Flush();
        Console.Error.WriteLine($"cassette: {InertText.OfLines(message)}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _results.Dispose();
        }
        catch (IOException)
        {
            // The command ends with the error that matters; what is still in the buffer has nowhere to go.
        }
    }

    private static void Send(Action write)
    {
        try
        {
            write();
        }
        catch (IOException e)
        {
            throw new OutputException(e);
        }
    }
}

/// <summary>Standard output takes no more: the disk is full, or its reader has gone.</summary>
internal sealed class OutputException(IOException cause) : Exception($"standard output: {cause.Message}", cause)
{
    private const int BrokenPipe = 32;

    /// <summary>True when the reader has gone, such as <c>head</c>; it has all that it wanted.</summary>
    public bool IsReaderGone => !OperatingSystem.IsWindows() && InnerException!.HResult == BrokenPipe;
}
