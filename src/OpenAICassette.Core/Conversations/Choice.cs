namespace OpenAICassette;

/// <summary>One of the answers that a request got.</summary>
/// <param name="Index">Its index, from 0.</param>
/// <param name="Message">What was answered.</param>
/// <param name="FinishReason">Why the model stopped; null where none was recorded.</param>
public sealed record Choice(int Index, Message Message, string? FinishReason)
{
    /// <summary>The log probabilities of the answer's tokens; none where they were not asked for.</summary>
    public IReadOnlyList<TokenLogProb> LogProbs { get; init => field = value.ToArray(); } = Array.Empty<TokenLogProb>();
}
