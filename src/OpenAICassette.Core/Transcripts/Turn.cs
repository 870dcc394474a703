using OpenAICassette.Conversations;

namespace OpenAICassette;

/// <summary>Represents a turn of a transcript.</summary>
public sealed class Turn
{
    internal Turn(Message message, Choice? choice, Interaction source, DateTimeOffset? at = null, string? note = null)
    {
        At = at;
        Note = note;
        Message = message;
        Choice = choice?.Index;
        FinishReason = choice?.FinishReason;
        LogProbs = choice?.LogProbs ?? Array.Empty<TokenLogProb>();
        Interaction = source;
    }

    /// <summary>Initializes a new instance from an entry of a WebSocket session.</summary>
    internal Turn(SessionEntry entry, Interaction source)
        : this(entry.Message, entry.Choice, source, source.StartedAt + entry.At) => Entry = entry;

    /// <summary>Gets the role: user, assistant, system, developer or tool.</summary>
    public string Role => Message.Role;

    /// <summary>Gets the text, exactly as it was recorded.</summary>
    public string Text => Message.Text;

    /// <summary>Gets the parts of the message.</summary>
    public IReadOnlyList<ContentPart> Parts => Message.Parts;

    /// <summary>Gets the tool calls of the turn.</summary>
    public IReadOnlyList<ToolCall> ToolCalls => Message.ToolCalls;

    /// <summary>Gets the model's reasoning; null if none was recorded.</summary>
    public string? Reasoning => Message.Reasoning;

    /// <summary>Gets the text of the refusal; null if the model did not refuse.</summary>
    public string? Refusal => Message.Refusal;

    /// <summary>Gets the message of the turn.</summary>
    public Message Message { get; }

    /// <summary>Gets the zero-based index of the answer; null for a message of the request.</summary>
    public int? Choice { get; }

    /// <summary>Gets the finish reason; null for a message of the request.</summary>
    public string? FinishReason { get; }

    /// <summary>
    /// Gets the log probabilities of the answer's tokens; empty for a message of the request, or if they were
    /// not requested.
    /// </summary>
    public IReadOnlyList<TokenLogProb> LogProbs { get; }

    /// <summary>Gets when the turn was logged; null if that was not recorded.</summary>
    public DateTimeOffset? At { get; }

    /// <summary>
    /// Gets what happened to the session of an agent right before the turn: it was compacted or rewound, or the model
    /// changed. Null if nothing did.
    /// </summary>
    public string? Note { get; }

    /// <summary>Gets what a WebSocket session adds: the time, the number of events, the token counts.</summary>
    internal SessionEntry? Entry { get; }

    /// <summary>Gets the interaction that the turn comes from.</summary>
    public Interaction Interaction { get; }

    /// <summary>Gets the name of the cassette that the turn comes from.</summary>
    public string Source => Interaction.Cassette.Name;

    /// <summary>Returns the role and the text.</summary>
    public override string ToString() => Message.ToString();
}
