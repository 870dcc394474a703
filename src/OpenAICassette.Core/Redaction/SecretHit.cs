using OpenAICassette.Redaction.Layers;
using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Redaction;

/// <summary>A secret in a layer of a document. It holds the secret, and never leaves the engine.</summary>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Layer">The text that holds it.</param>
/// <param name="Start">Index of its first character there.</param>
/// <param name="Value">The secret.</param>
/// <param name="First">Where in the file it starts.</param>
/// <param name="Last">Where in the file its last character is.</param>
internal sealed record SecretHit(
    SecretRule Rule,
    TextLayer Layer,
    int Start,
    string Value,
    FilePlace First,
    FilePlace Last
)
{
    /// <summary>How many characters the secret has in the layer below, where it may be escaped.</summary>
    public int LengthBelow =>
        Layer is MappedLayer mapped ? mapped.IndexBelow(Start + Value.Length) - mapped.IndexBelow(Start) : Value.Length;

    /// <summary>The rule; a secret is shown nowhere.</summary>
    public override string ToString() => Rule.Id;
}
