namespace OpenAICassette;

/// <summary>Sums over cassettes that have something in common.</summary>
public sealed record CassetteMeasure
{
    /// <summary>What they have in common: the model, endpoint, format or test; empty for those that name none.</summary>
    public required string Name { get; init; }

    /// <summary>How many files there are.</summary>
    public int Files { get; init; }

    /// <summary>How many interactions they hold.</summary>
    public int Interactions { get; init; }

    /// <summary>How many stream chunks they hold.</summary>
    public int Chunks { get; init; }

    /// <summary>Tokens of what was sent.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Tokens of what was answered.</summary>
    public long CompletionTokens { get; init; }

    /// <summary>Prompt tokens that were read from a cache.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Tokens of reasoning.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>The size of the files in bytes; a file in several groups counts in each.</summary>
    public long Bytes { get; init; }

    /// <summary>How many interactions ask, word for word, what another one before them asked.</summary>
    public int Duplicates { get; init; }

    /// <summary>What it cost by the prices that were given; null where no model of them has one.</summary>
    public decimal? Cost { get; init; }
}
