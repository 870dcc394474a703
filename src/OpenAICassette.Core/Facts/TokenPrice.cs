namespace OpenAICassette;

/// <summary>Represents the prices of a model, per million tokens.</summary>
/// <param name="Prompt">The price of uncached prompt tokens.</param>
/// <param name="Completion">The price of completion tokens.</param>
/// <param name="Cached">The price of cached prompt tokens; null for the price of other prompt tokens.</param>
public sealed record TokenPrice(decimal Prompt, decimal Completion, decimal? Cached = null)
{
    private const decimal Million = 1_000_000m;

    /// <summary>Returns the cost of tokens.</summary>
    /// <param name="usage">The tokens.</param>
    public decimal Of(Usage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        var cached = usage.CachedTokens ?? 0;
        return (
                (((usage.PromptTokens ?? 0) - cached) * Prompt)
                + (cached * (Cached ?? Prompt))
                + ((usage.CompletionTokens ?? 0) * Completion)
            ) / Million;
    }
}
