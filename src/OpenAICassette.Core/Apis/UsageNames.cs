namespace OpenAICassette.Apis;

/// <summary>Where an API reports its token counts: names of members, or paths with dots between the names.</summary>
internal sealed record UsageNames
{
    /// <summary>Tokens of what was sent.</summary>
    public IReadOnlyList<string> Prompt { get; init; } = [];

    /// <summary>Tokens of what was answered.</summary>
    public IReadOnlyList<string> Completion { get; init; } = [];

    /// <summary>All tokens.</summary>
    public IReadOnlyList<string> Total { get; init; } = [];

    /// <summary>Tokens that were read from a cache.</summary>
    public IReadOnlyList<string> Cached { get; init; } = [];

    /// <summary>Tokens of reasoning.</summary>
    public IReadOnlyList<string> Reasoning { get; init; } = [];
}
