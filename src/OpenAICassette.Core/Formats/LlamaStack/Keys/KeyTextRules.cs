using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenAICassette.Formats.LlamaStack.Keys;

/// <summary>What is done to the texts of a request before it is hashed, so that runs that differ in noise get the same key.</summary>
internal static partial class KeyTextRules
{
    /// <summary>True for a text that the rules may change; most are not even looked at twice.</summary>
    public static bool MayApply(ReadOnlySpan<byte> raw, KeyRules rules)
        => (rules.RoundsDecimals && raw.Contains((byte)'.') && raw.ContainsAnyInRange((byte)'0', (byte)'9'))
        || (rules.MasksFileSearch && (raw.IndexOf("score:"u8) >= 0 || raw.IndexOf("attributes:"u8) >= 0 || raw.IndexOf("document_id:"u8) >= 0 || raw.IndexOf("<|"u8) >= 0))
        || (rules.RoundsDecimals && raw.IndexOf("\\u"u8) >= 0);

    /// <summary>Applies the rules to a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="effects">What they changed.</param>
    public static string Apply(string text, KeyRules rules, out KeyEffects effects)
    {
        var masked = rules.MasksFileSearch ? Mask(text) : text;
        var rounded = rules.RoundsDecimals ? Decimals().Replace(masked, match => Round(match.Value)) : masked;
        effects = (masked == text ? 0 : KeyEffects.MaskedFileSearch) | (rounded == masked ? 0 : KeyEffects.RoundedDecimal);
        return rounded;
    }

    private static string Mask(string text)
    {
        text = Score().Replace(text, "score: __NORMALIZED__");
        text = Attributes().Replace(text, string.Empty);
        text = DocumentId().Replace(text, "document_id: __NORMALIZED__");
        return Citation().Replace(text, "<|__NORMALIZED__|>");
    }

    /// <summary>The decimal with exactly five places, correctly rounded.</summary>
    private static string Round(string literal)
    {
        var ascii = string.Concat(literal.Select(unit => char.IsDigit(unit) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(unit)) : unit));
        return double.Parse(ascii, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("F5", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"-?\d+\.\d{4,}", RegexOptions.CultureInvariant)]
    private static partial Regex Decimals();

    [GeneratedRegex(@"score:\s*[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Score();

    [GeneratedRegex(@",?\s*attributes:\s*\{[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Attributes();

    [GeneratedRegex(@"document_id:\s*[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}", RegexOptions.CultureInvariant)]
    private static partial Regex DocumentId();

    [GeneratedRegex(@"<\|[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}\|>", RegexOptions.CultureInvariant)]
    private static partial Regex Citation();
}
