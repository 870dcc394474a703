namespace OpenAICassette.Apis;

/// <summary>
/// Represents a text that was recorded in pieces: what a stream's chunks, or a list of tokens, spell together.
/// </summary>
/// <param name="Pieces">The recorded strings, in order.</param>
/// <param name="Tokens">For model tokens the objects that hold them, one for each piece; none for other texts.</param>
internal sealed record LogicalText(IReadOnlyList<JsonValue> Pieces, IReadOnlyList<JsonValue> Tokens);
