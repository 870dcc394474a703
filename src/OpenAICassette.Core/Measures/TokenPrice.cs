namespace OpenAICassette;

/// <summary>What a model's tokens cost, for a million of each kind.</summary>
/// <param name="Prompt">Tokens that are sent and not cached.</param>
/// <param name="Completion">Tokens that are answered.</param>
/// <param name="Cached">Prompt tokens that were read from a cache; as other prompt tokens when null.</param>
public sealed record TokenPrice(decimal Prompt, decimal Completion, decimal? Cached = null)
{
    private const decimal Million = 1_000_000m;

    /// <summary>What some tokens cost.</summary>
    /// <param name="usage">The tokens.</param>
    public decimal Of(Usage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        var cached = usage.CachedTokens ?? 0;
        return ((((usage.PromptTokens ?? 0) - cached) * Prompt) + (cached * (Cached ?? Prompt)) + ((usage.CompletionTokens ?? 0) * Completion)) / Million;
    }
}
