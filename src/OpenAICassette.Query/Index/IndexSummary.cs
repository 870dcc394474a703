namespace OpenAICassette.Query.Index;

/// <summary>Represents what an update of an index did.</summary>
internal sealed record IndexSummary
{
    /// <summary>Gets the number of files that were looked at.</summary>
    public int Files { get; set; }

    /// <summary>Gets the number of files that were read, because they are new or changed.</summary>
    public int Read { get; set; }

    /// <summary>Gets the number of files that were not read, because their size and time are the same.</summary>
    public int Unchanged { get; set; }

    /// <summary>Gets the number of files that no longer exist, whose rows were removed.</summary>
    public int Removed { get; set; }

    /// <summary>Gets the number of files that could not be read.</summary>
    public int Failed { get; set; }

    /// <summary>Gets the number of interactions of the files that were looked at.</summary>
    public long Interactions { get; set; }
}
