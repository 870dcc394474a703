namespace OpenAICassette;

/// <summary>Describes a format of cassettes.</summary>
/// <param name="Name">The name, as in <see cref="Cassette.Format"/>.</param>
public sealed record FormatInfo(string Name)
{
    /// <summary>Gets the extensions of the format's files, each with its dot.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Gets what the format can hold.</summary>
    public FormatFeatures Features { get; init; }

    /// <summary>Gets whether cassettes can be written in the format.</summary>
    public bool CanWrite { get; init; }

    /// <summary>
    /// Gets whether files are logs of what was said, from which requests and responses are put together.
    /// </summary>
    public bool IsLog { get; init; }

    /// <summary>
    /// Gets where the exchanges stand in a document: JSON pointers of their list, of which the first that is there
    /// counts. An empty pointer is the root, which is a list or one exchange. None if the format does not tell.
    /// </summary>
    internal IReadOnlyList<string> ExchangesAt { get; init; } = [];

    /// <summary>Returns whether a file's name ends in one of the extensions.</summary>
    internal bool HasExtension(string path) =>
        Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
