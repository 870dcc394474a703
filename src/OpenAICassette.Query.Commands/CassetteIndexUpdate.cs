namespace OpenAICassette;

/// <summary>Represents what an update of an index did.</summary>
public sealed record CassetteIndexUpdate
{
    /// <summary>Gets the full path of the folder of the index.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the number of files that were looked at.</summary>
    public int Files { get; init; }

    /// <summary>Gets the number of files that were read, because they are new or changed.</summary>
    public int Read { get; init; }

    /// <summary>Gets the number of files that were not read, because they are unchanged.</summary>
    public int Unchanged { get; init; }

    /// <summary>Gets the number of files that no longer exist, whose rows were removed.</summary>
    public int Removed { get; init; }

    /// <summary>Gets the number of files that could not be read.</summary>
    public int Failed { get; init; }

    /// <summary>Gets the number of interactions of the files that were looked at.</summary>
    public long Interactions { get; init; }
}
