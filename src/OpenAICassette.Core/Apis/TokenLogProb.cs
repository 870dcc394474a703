namespace OpenAICassette;

/// <summary>How likely the model found a token that it chose.</summary>
/// <param name="Token">The token's text.</param>
/// <param name="LogProb">The natural logarithm of its probability, null where none was recorded.</param>
/// <param name="Alternatives">The likeliest tokens for the place, the chosen one mostly among them; they have no
/// alternatives themselves.</param>
public sealed record TokenLogProb(string Token, double? LogProb, IReadOnlyList<TokenLogProb> Alternatives)
{
    /// <summary>The token and the logarithm.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Token} {LogProb}");
}
