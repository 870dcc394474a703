namespace OpenAICassette;

/// <summary>Represents the totals of a group of cassettes.</summary>
public sealed record CassetteMeasure
{
    /// <summary>
    /// Gets the name of the group: the model, endpoint, format, test or day; empty for cassettes without one. A group of
    /// several criteria has the names of all, separated by commas.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>Gets the name of the group by each criterion, in their order.</summary>
    public IReadOnlyList<string> Keys { get; init; } = Array.Empty<string>();

    /// <summary>Gets the number of files.</summary>
    public int Files { get; init; }

    /// <summary>Gets the number of interactions.</summary>
    public int Interactions { get; init; }

    /// <summary>Gets the number of stream chunks.</summary>
    public int Chunks { get; init; }

    /// <summary>Gets the number of prompt tokens.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Gets the number of completion tokens.</summary>
    public long CompletionTokens { get; init; }

    /// <summary>Gets the number of prompt tokens that were read from a cache.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Gets the number of reasoning tokens.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Gets the size of the files in bytes; a file in several groups counts in each.</summary>
    public long Bytes { get; init; }

    /// <summary>Gets the number of interactions whose request repeats an earlier one word for word.</summary>
    public int Duplicates { get; init; }

    /// <summary>Gets the cost at the specified prices; null if no model of the group has a price.</summary>
    public decimal? Cost { get; init; }
}
