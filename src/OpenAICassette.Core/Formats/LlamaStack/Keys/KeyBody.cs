using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack.Keys;

/// <summary>
/// Represents the text of a body, payload or arguments under some rules, and what the rules changed in it.
/// </summary>
internal sealed class KeyBody
{
    private readonly ByteBuilder _text;

    /// <summary>Writes the text.</summary>
    public KeyBody(JsonValue value, KeyRules rules)
    {
        _text = new ByteBuilder(value.Length + 64);
        if (!value.Exists)
        {
            _text.Append("null"u8);
            return;
        }

        var writer = new KeyText(_text, rules);
        writer.Write(value);
        Effects = writer.Effects;
    }

    /// <summary>Gets the text.</summary>
    public ReadOnlySpan<byte> Text => _text.Span;

    /// <summary>Gets what the rules changed.</summary>
    public KeyEffects Effects { get; }
}
