namespace OpenAICassette.Conversations;

/// <summary>Represents a conversation as a part of a longer one.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Known">How many of its messages the conversations before it have told already.</param>
internal sealed record ConversationLink(Conversation Conversation, int Known);
