namespace OpenAICassette.Redaction.Rules;

/// <summary>Rules for what tells who a person is, and for what tells whose account was used. Both are off unless asked for.</summary>
internal static class PersonalData
{
    /// <summary>The rules.</summary>
    public static IReadOnlyList<SecretRule> All { get; } =
    [
    ];
}
