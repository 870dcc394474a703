namespace OpenAICassette.Apis;

/// <summary>Log probabilities that a chunk carries.</summary>
/// <param name="Choice">The index of the choice that they belong to.</param>
/// <param name="Source">The value that holds them.</param>
/// <param name="Tokens">What it holds.</param>
internal sealed record ChoiceLogProbs(int Choice, JsonValue Source, IReadOnlyList<TokenLogProb> Tokens);
