namespace OpenAICassette.Conversations;

/// <summary>Represents a conversation as a part of a longer one.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Known">How many of its messages the conversations before it have told already.</param>
internal sealed record ConversationLink(Conversation Conversation, int Known)
{
    /// <summary>
    /// Gets what the conversation tells that none before it told; null for its messages after the known ones.
    /// </summary>
    public IReadOnlyList<ToldMessage>? News { get; init; }

    /// <summary>Gets when the answer was logged; null if that is not known.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Gets what happened to the session right before the answer; null if nothing did.</summary>
    public string? Note { get; init; }

    /// <summary>Gets whether only the news are told, because nothing was answered.</summary>
    public bool IsUnanswered { get; init; }
}
