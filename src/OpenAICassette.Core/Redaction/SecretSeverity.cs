namespace OpenAICassette;

/// <summary>Specifies the severity of a secret.</summary>
public enum SecretSeverity
{
    /// <summary>Not a credential, but confidential: personal data, identifiers of the account that was used.</summary>
    Warning,

    /// <summary>A credential.</summary>
    Error,
}
