using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Redaction;

/// <summary>A secret in a decoded text.</summary>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">How many characters it has; only these are replaced.</param>
internal readonly record struct SecretMatch(SecretRule Rule, int Start, int Length)
{
    /// <summary>The index after its last character.</summary>
    public int End => Start + Length;
}
