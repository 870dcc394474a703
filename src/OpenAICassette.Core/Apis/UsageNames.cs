namespace OpenAICassette.Apis;

/// <summary>Where an API reports its token counts: names of members, or paths with dots between the names.</summary>
internal sealed record UsageNames
{
    /// <summary>Gets the tokens of what was sent.</summary>
    public IReadOnlyList<string> Prompt { get; init; } = [];

    /// <summary>Gets the tokens of what was answered.</summary>
    public IReadOnlyList<string> Completion { get; init; } = [];

    /// <summary>Gets all tokens.</summary>
    public IReadOnlyList<string> Total { get; init; } = [];

    /// <summary>Gets the tokens that were read from a cache.</summary>
    public IReadOnlyList<string> Cached { get; init; } = [];

    /// <summary>Gets the tokens of reasoning.</summary>
    public IReadOnlyList<string> Reasoning { get; init; } = [];
}
