namespace OpenAICassette;

/// <summary>Represents one of the answers to a request.</summary>
/// <param name="Index">The zero-based index of the answer.</param>
/// <param name="Message">The message.</param>
/// <param name="FinishReason">The finish reason; null if none was recorded.</param>
public sealed record Choice(int Index, Message Message, string? FinishReason)
{
    /// <summary>Gets the log probabilities of the answer's tokens; empty if they were not requested.</summary>
    public IReadOnlyList<TokenLogProb> LogProbs
    {
        get;
        init => field = value.ToArray();
    } = Array.Empty<TokenLogProb>();
}
