namespace OpenAICassette;

/// <summary>
/// A cassette could not be found, read or written. The message names the file, the place in it, and what was expected.
/// </summary>
public sealed class CassetteException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="error">The cause.</param>
    /// <param name="path">The file, or a word for a source without one.</param>
    /// <param name="problem">What is wrong and where, without the path.</param>
    /// <param name="offset">The byte offset of the problem, when it has one.</param>
    /// <param name="inner">The exception behind it.</param>
    public CassetteException(
        CassetteError error,
        string path,
        string problem,
        long? offset = null,
        Exception? inner = null
    )
        : base($"{path}: {problem}", inner)
    {
        Error = error;
        Path = path;
        Problem = problem;
        Offset = offset;
    }

    /// <summary>The cause.</summary>
    public CassetteError Error { get; }

    /// <summary>The file that the error is about.</summary>
    public string Path { get; }

    /// <summary>What is wrong and where, without the path.</summary>
    public string Problem { get; }

    /// <summary>The byte offset of the problem in the file, from 0; null when it has no place.</summary>
    public long? Offset { get; }

    /// <summary>
    /// The error of one file that an exception stands for; one that nobody expected is an
    /// <see cref="CassetteError.InternalError"/>.
    /// </summary>
    /// <param name="exception">The exception.</param>
    /// <param name="path">The file.</param>
    public static CassetteException Of(Exception exception, string path)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception as CassetteException
            ?? new CassetteException(
                CassetteError.InternalError,
                path,
                $"internal error: {exception.GetType().Name}: {exception.Message} Please report it, with the file if you can.",
                inner: exception
            );
    }
}
