namespace OpenAICassette.Replay;

/// <summary>One step of giving an answer.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Due">When, from the start of the answer.</param>
/// <param name="Bytes">What to send.</param>
internal readonly record struct AnswerStep(AnswerAction Action, TimeSpan Due, ReadOnlyMemory<byte> Bytes = default);
