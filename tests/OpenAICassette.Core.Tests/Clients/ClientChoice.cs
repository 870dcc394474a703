namespace OpenAICassette.Tests;

/// <summary>What a client reports of one choice, or of a piece of it.</summary>
/// <param name="Index">Which choice.</param>
internal sealed record ClientChoice(int Index)
{
    public string Text { get; init; } = string.Empty;

    public string Refusal { get; init; } = string.Empty;

    /// <summary>The tool calls as they came: in a stream, each fragment.</summary>
    public IReadOnlyList<ClientTool> Tools { get; init; } = [];

    public string? Finish { get; init; }

    /// <summary>The tokens with their logarithmic probabilities.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];
}
