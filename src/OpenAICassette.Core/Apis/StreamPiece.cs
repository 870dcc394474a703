namespace OpenAICassette;

/// <summary>
/// Represents the smallest piece of a response: one recorded value and what it adds to. Pieces of the same kind, choice
/// and slot, taken in order, make one logical text, and each still knows the bytes it came from.
/// </summary>
/// <param name="Kind">What the value is.</param>
/// <param name="Choice">The answer it belongs to, from 0, where several were asked for.</param>
/// <param name="Slot">The position of the content part or tool call within the answer.</param>
/// <param name="Value">The recorded value.</param>
public readonly record struct StreamPiece(StreamPieceKind Kind, int Choice, int Slot, JsonValue Value);
