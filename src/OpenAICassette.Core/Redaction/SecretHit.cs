using OpenAICassette.Redaction.Layers;
using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Redaction;

/// <summary>Represents a secret in a layer of a document. It contains the secret and never leaves the engine.</summary>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Layer">The layer that contains it.</param>
/// <param name="Start">The index of its first character there.</param>
/// <param name="Value">The secret.</param>
/// <param name="First">The place in the file where it starts.</param>
/// <param name="Last">The place in the file of its last character.</param>
internal sealed record SecretHit(
    SecretRule Rule,
    TextLayer Layer,
    int Start,
    string Value,
    FilePlace First,
    FilePlace Last
)
{
    /// <summary>Gets its number of characters in the layer below, where it may be escaped.</summary>
    public int LengthBelow =>
        Layer is MappedLayer mapped ? mapped.IndexBelow(Start + Value.Length) - mapped.IndexBelow(Start) : Value.Length;

    /// <summary>Returns the rule; the secret is never shown.</summary>
    public override string ToString() => Rule.Id;
}
