namespace OpenAICassette;

/// <summary>
/// The exception that is thrown when a cassette cannot be found, read or written. Its message names the file, the place
/// in it, and what was expected.
/// </summary>
public sealed class CassetteException : Exception
{
    /// <summary>Creates an exception.</summary>
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

    /// <summary>Gets the cause.</summary>
    public CassetteError Error { get; }

    /// <summary>Gets the file that the error is about.</summary>
    public string Path { get; }

    /// <summary>Gets what is wrong and where, without the path.</summary>
    public string Problem { get; }

    /// <summary>Gets the byte offset of the problem in the file, from 0; null if it has no place.</summary>
    public long? Offset { get; }

    /// <summary>
    /// Returns the error of a file for an exception; an unexpected exception becomes an <see
    /// cref="CassetteError.InternalError"/>.
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
