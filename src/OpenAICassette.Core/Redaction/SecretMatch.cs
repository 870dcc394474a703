using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Redaction;

/// <summary>Represents a secret in a decoded text.</summary>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Start">The index of its first character.</param>
/// <param name="Length">Its number of characters; only these are replaced.</param>
internal readonly record struct SecretMatch(SecretRule Rule, int Start, int Length)
{
    /// <summary>Gets the index after its last character.</summary>
    public int End => Start + Length;
}
