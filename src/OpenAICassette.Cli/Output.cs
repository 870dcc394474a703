using System.Text;
using OpenAICassette.Formats;
using OpenAICassette.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Cli;

/// <summary>
/// Writes results to standard output, in UTF-8 with line feeds on every system, and problems to standard error.
/// Everything shown on a screen passes through here, and its control characters are shown, not sent.
/// </summary>
internal sealed class Output : IDisposable
{
    private readonly StreamWriter _results = new(Console.OpenStandardOutput(), new UTF8Encoding(false), 16 << 10)
    {
        NewLine = "\n",
    };
    private readonly TerminalProgress? _progress = TerminalProgress.OfStandardError();
    private bool _hasInternalError;

    /// <summary>Gets the name of the program, which begins each line about a problem.</summary>
    public static string Program { get; } = typeof(Output).Assembly.GetName().Name!;

    /// <summary>Gets whether a problem was reported.</summary>
    public bool HasProblem { get; private set; }

    /// <summary>Gets the exit code for the reported problems.</summary>
    public int Code => CodeWith(isFound: false);

    /// <summary>Returns the exit code of a command that searches for something.</summary>
    /// <param name="isFound">True if it was found.</param>
    public int CodeWith(bool isFound) =>
        _hasInternalError ? ExitCode.InternalError
        : HasProblem || isFound ? ExitCode.Problem
        : ExitCode.Fine;

    /// <summary>Writes a document or data, as they are.</summary>
    public void Write(string text) => Send(() => _results.Write(text));

    /// <summary>
    /// Writes a line of a document or of data, as it is; in a line of JSON, what a build server would obey is escaped.
    /// </summary>
    public void WriteLine(string text) =>
        Send(() => _results.WriteLine(text.StartsWith('{') ? WorkflowCommands.DisarmJson(text) : text));

    /// <summary>Writes lines for people.</summary>
    public void Show(string lines) => WriteLine(InertText.OfLines(lines));

    /// <summary>Writes bytes as they are.</summary>
    public void Write(ReadOnlyMemory<byte> bytes) =>
        Send(() =>
        {
            _results.Flush();
            _results.BaseStream.Write(bytes.Span);
        });

    /// <summary>Flushes what was written.</summary>
    /// <exception cref="OutputException">Standard output is closed or full.</exception>
    public void Flush() => Send(_results.Flush);

    /// <summary>Reports a problem.</summary>
    public void Problem(string message)
    {
        HasProblem = true;
        Note(message);
    }

    /// <summary>Reports a problem of a file.</summary>
    public void Problem(CassetteException error)
    {
        _hasInternalError |= error.Error == CassetteError.InternalError;
        Problem(error.Message);
    }

    /// <summary>
    /// Processes one file; an exception becomes a problem of that file, and the others are still processed.
    /// </summary>
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

    /// <summary>
    /// Processes one file; an exception becomes a problem of that file, and the others are still processed.
    /// </summary>
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

    /// <summary>Returns what shows the progress of work on many files; null without a terminal.</summary>
    /// <param name="count">Counts the files.</param>
    public ProgressMeter? Measure(Func<int> count) =>
        _progress is null
            ? null
            : new ProgressMeter(
                progress =>
                {
                    // What was written before must not land in the line of the progress.
                    Flush();
                    _progress.Show(progress);
                },
                count
            );

    /// <summary>Clears the progress, if it is shown.</summary>
    public void ClearProgress() => _progress?.Clear();

    /// <summary>Reports information that is not a result.</summary>
    public void Note(string message)
    {
        Flush();
        Console.Error.WriteLine($"{Program}: {InertText.OfLines(message)}");
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
            // The first error matters; the rest of the buffer cannot be written.
        }
    }

    private void Send(Action write)
    {
        ClearProgress();
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

/// <summary>Thrown when standard output accepts no more: the disk is full, or the reader has exited.</summary>
internal sealed class OutputException(IOException cause) : Exception($"standard output: {cause.Message}", cause)
{
    private const int BrokenPipe = 32;

    /// <summary>Gets whether the reader has exited, such as <c>head</c>, which read all that it needed.</summary>
    public bool IsReaderGone => !OperatingSystem.IsWindows() && InnerException!.HResult == BrokenPipe;
}
