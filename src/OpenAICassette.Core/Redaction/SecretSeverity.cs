namespace OpenAICassette;

/// <summary>How much a found secret matters.</summary>
public enum SecretSeverity
{
    /// <summary>No credential, but not for everybody: personal data, whose account was used.</summary>
    Warning,

    /// <summary>A credential.</summary>
    Error,
}
