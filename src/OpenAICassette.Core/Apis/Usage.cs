using System.Globalization;
using OpenAICassette.Apis;

namespace OpenAICassette;

/// <summary>Represents token counts as a service reported them; null for those that it did not report.</summary>
public sealed record Usage
{
    private static readonly MemberPath[] s_prompt = MemberPath.All(words => words.Usage.Prompt);
    private static readonly MemberPath[] s_completion = MemberPath.All(words => words.Usage.Completion);
    private static readonly MemberPath[] s_total = MemberPath.All(words => words.Usage.Total);
    private static readonly MemberPath[] s_cached = MemberPath.All(words => words.Usage.Cached);
    private static readonly MemberPath[] s_reasoning = MemberPath.All(words => words.Usage.Reasoning);

    /// <summary>Gets the tokens of what was sent.</summary>
    public long? PromptTokens { get; init; }

    /// <summary>
    /// Gets the tokens of what was answered, those of reasoning included where the service counts them in.
    /// </summary>
    public long? CompletionTokens { get; init; }

    /// <summary>
    /// Gets the total number of tokens: as reported, otherwise the sum of prompt and completion tokens.
    /// </summary>
    public long? TotalTokens { get; init; }

    /// <summary>Gets the prompt tokens that were read from a cache.</summary>
    public long? CachedTokens { get; init; }

    /// <summary>Gets the tokens of reasoning.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>
    /// Returns prompt and completion tokens, for example: 12 + 34 tokens; where only one count was reported, that one,
    /// for example: 12 input tokens.
    /// </summary>
    public override string ToString() =>
        (PromptTokens, CompletionTokens) switch
        {
            ({ } prompt, { } completion) => string.Create(
                CultureInfo.InvariantCulture,
                $"{prompt} + {completion} tokens"
            ),
            ({ } prompt, null) => string.Create(CultureInfo.InvariantCulture, $"{prompt} input tokens"),
            (null, { } completion) => string.Create(CultureInfo.InvariantCulture, $"{completion} output tokens"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{TotalTokens ?? 0} tokens"),
        };

    /// <summary>Returns the counts of two calls together.</summary>
    /// <param name="one">The one; null where nothing was reported.</param>
    /// <param name="other">The other; null where nothing was reported.</param>
    internal static Usage? Sum(Usage? one, Usage? other) =>
        one is null ? other
        : other is null ? one
        : new Usage
        {
            PromptTokens = Sum(one.PromptTokens, other.PromptTokens),
            CompletionTokens = Sum(one.CompletionTokens, other.CompletionTokens),
            TotalTokens = Sum(one.TotalTokens, other.TotalTokens),
            CachedTokens = Sum(one.CachedTokens, other.CachedTokens),
            ReasoningTokens = Sum(one.ReasoningTokens, other.ReasoningTokens),
        };

    private static long? Sum(long? one, long? other) => one is null ? other : one + (other ?? 0);

    /// <summary>Reads the counts under the names that the API families give them.</summary>
    /// <param name="counts">The recorded object.</param>
    /// <param name="earlier">What earlier parts of the same response reported; kept where this one is silent.</param>
    /// <returns>The counts; null if nothing was reported, as by a recorder that keeps an empty object.</returns>
    internal static Usage? Read(JsonValue counts, Usage? earlier)
    {
        var prompt = First(counts, s_prompt) ?? earlier?.PromptTokens;
        var completion = First(counts, s_completion) ?? earlier?.CompletionTokens;
        var usage = new Usage
        {
            PromptTokens = prompt,
            CompletionTokens = completion,
            TotalTokens = First(counts, s_total) ?? (prompt + completion),
            CachedTokens = First(counts, s_cached) ?? earlier?.CachedTokens,
            ReasoningTokens = First(counts, s_reasoning) ?? earlier?.ReasoningTokens,
        };
        return usage == new Usage() ? null : usage;
    }

    /// <summary>Returns the first count that is there.</summary>
    private static long? First(JsonValue counts, MemberPath[] paths)
    {
        foreach (var path in paths)
        {
            if (CountOf(path.In(counts)) is { } count)
            {
                return count;
            }
        }

        return null;
    }

    /// <summary>Returns a count; some services write whole numbers as 28.0.</summary>
    private static long? CountOf(JsonValue value) =>
        value.WholeNumber
        ?? (
            value.Value is double number && double.IsInteger(number) && Math.Abs(number) < long.MaxValue
                ? (long)number
                : null
        );
}
