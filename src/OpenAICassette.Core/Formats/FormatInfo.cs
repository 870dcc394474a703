namespace OpenAICassette.Formats;

/// <summary>Describes a format of cassettes.</summary>
/// <param name="Name">The format's name, as in <see cref="Cassette.Format"/>.</param>
internal sealed record FormatInfo(string Name)
{
    /// <summary>Gets the extensions of the format's files, each with its dot.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Returns whether a file's name ends in one of the extensions.</summary>
    public bool HasExtension(string path) =>
        Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
