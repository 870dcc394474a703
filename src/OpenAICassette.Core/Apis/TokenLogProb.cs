namespace OpenAICassette;

/// <summary>Represents a token with its log probability.</summary>
/// <param name="Token">The token's text.</param>
/// <param name="LogProb">The natural logarithm of its probability, null where none was recorded.</param>
/// <param name="Alternatives">The likeliest tokens for the place, the chosen one mostly among them; they have no
/// alternatives themselves.</param>
public sealed record TokenLogProb(string Token, double? LogProb, IReadOnlyList<TokenLogProb> Alternatives)
{
    /// <summary>Returns the token and the logarithm.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Token} {LogProb}");
}
