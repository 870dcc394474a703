namespace OpenAICassette;

/// <summary>A rule file that cannot be used.</summary>
public sealed class RuleFileException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong, and where.</param>
    /// <param name="inner">What caused it.</param>
    public RuleFileException(string path, string problem, Exception? inner = null)
        : base($"{path}: {problem}", inner)
        => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
