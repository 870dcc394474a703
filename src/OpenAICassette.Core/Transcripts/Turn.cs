namespace OpenAICassette;

/// <summary>One turn of a transcript.</summary>
public sealed class Turn
{
    internal Turn(Message message, Choice? choice, Interaction source)
    {
        Message = message;
        Choice = choice?.Index;
        FinishReason = choice?.FinishReason;
        LogProbs = choice?.LogProbs ?? Array.Empty<TokenLogProb>();
        Interaction = source;
    }

    /// <summary>Who speaks: user, assistant, system, developer, tool.</summary>
    public string Role => Message.Role;

    /// <summary>The text that is said, to the character as it was recorded.</summary>
    public string Text => Message.Text;

    /// <summary>What is said, part by part.</summary>
    public IReadOnlyList<ContentPart> Parts => Message.Parts;

    /// <summary>The tools that the turn asks to be called.</summary>
    public IReadOnlyList<ToolCall> ToolCalls => Message.ToolCalls;

    /// <summary>What the model thought before it spoke; null where that was not recorded.</summary>
    public string? Reasoning => Message.Reasoning;

    /// <summary>The text with which the model refused; null when it did not.</summary>
    public string? Refusal => Message.Refusal;

    /// <summary>The message behind the turn.</summary>
    public Message Message { get; }

    /// <summary>Which of the request's answers this is, from 0; null for what was sent.</summary>
    public int? Choice { get; }

    /// <summary>Why the model stopped; null for what was sent.</summary>
    public string? FinishReason { get; }

    /// <summary>The log probabilities of the answer's tokens; none for what was sent, and where they were not asked for.</summary>
    public IReadOnlyList<TokenLogProb> LogProbs { get; }

    /// <summary>The interaction that the turn comes from.</summary>
    public Interaction Interaction { get; }

    /// <summary>The name of the cassette that the turn comes from.</summary>
    public string Source => Interaction.Cassette.Name;

    /// <summary>The role and what was said.</summary>
    public override string ToString() => Message.ToString();
}
