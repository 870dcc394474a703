namespace OpenAICassette.Conversations;

/// <summary>Represents a message as the log of a session tells it.</summary>
/// <param name="Message">The message.</param>
/// <param name="At">When it was logged; null if the log does not say.</param>
/// <param name="Note">What happened to the session right before; null if nothing did.</param>
internal sealed record ToldMessage(Message Message, DateTimeOffset? At, string? Note);
