namespace OpenAICassette;

/// <summary>How sure it is that a finding is what its rule says.</summary>
public enum SecretConfidence
{
    /// <summary>Only the words around it say so.</summary>
    Low,

    /// <summary>The name it is given says so, and it looks random.</summary>
    Medium,

    /// <summary>Its own form says so.</summary>
    High,
}
