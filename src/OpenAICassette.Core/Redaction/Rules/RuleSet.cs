namespace OpenAICassette.Redaction.Rules;

/// <summary>Which findings a rule is for.</summary>
internal enum RuleSet
{
    /// <summary>Credentials; always looked for.</summary>
    Secret,

    /// <summary>What tells who a person is; looked for when asked.</summary>
    PersonalData,

    /// <summary>What tells whose account was used; looked for when asked.</summary>
    Identifier,
}
