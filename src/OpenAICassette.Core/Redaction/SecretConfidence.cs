namespace OpenAICassette;

/// <summary>Specifies how certain a finding is.</summary>
public enum SecretConfidence
{
    /// <summary>Only the surrounding words indicate a secret.</summary>
    Low,

    /// <summary>The name indicates a secret, and the value looks random.</summary>
    Medium,

    /// <summary>The form of the value identifies it.</summary>
    High,
}
