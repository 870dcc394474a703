namespace OpenAICassette;

/// <summary>Thrown when a baseline is missing or is not valid.</summary>
public sealed class BaselineException : Exception
{
    /// <summary>Initializes a new instance.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">The problem and its location.</param>
    /// <param name="inner">The cause.</param>
    public BaselineException(string path, string problem, Exception? inner = null)
        : base($"{path}: {problem}", inner) => Path = path;

    /// <summary>Gets the file.</summary>
    public string Path { get; }
}
