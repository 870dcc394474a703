namespace OpenAICassette.Redaction;

/// <summary>A kind of secret.</summary>
/// <param name="Id">The rule's stable id, for example openai-api-key.</param>
internal sealed record SecretRule(string Id)
{
    /// <summary>What placeholders of this kind begin with, for example REDACTED_OPENAI_API_KEY.</summary>
    public string Label { get; } = $"{Placeholders.Prefix}{Id.Replace('-', '_').ToUpperInvariant()}";
}
