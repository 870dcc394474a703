namespace OpenAICassette.Redaction;

/// <summary>A kind of secret.</summary>
/// <param name="Id">The rule's stable id, for example openai-api-key.</param>
internal sealed record SecretRule(string Id);
