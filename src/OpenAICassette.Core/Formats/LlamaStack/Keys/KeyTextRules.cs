using System.Text.RegularExpressions;

namespace OpenAICassette.Formats.LlamaStack.Keys;

/// <summary>
/// What is done to the texts of a request before it is hashed, so that runs that differ in noise get the same key.
/// </summary>
internal static partial class KeyTextRules
{
    /// <summary>True for a text that the rules may change. Most are let through by a look at their bytes.</summary>
    /// <param name="raw">What stands between the string's quotes.</param>
    /// <param name="rules">The rules.</param>
    public static bool MayApply(ReadOnlySpan<byte> raw, KeyRules rules) =>
        (rules.RoundsDecimals && MayHaveDecimal(raw)) || (rules.MasksFileSearch && MayHaveFileSearch(raw));

    private static bool MayHaveFileSearch(ReadOnlySpan<byte> raw) =>
        (
            raw.Contains((byte)':')
            && (raw.IndexOf("score:"u8) >= 0 || raw.IndexOf("attributes:"u8) >= 0 || raw.IndexOf("document_id:"u8) >= 0)
        )
        || raw.IndexOf("<|"u8) >= 0
        || HasEscapedAscii(raw);

    /// <summary>
    /// True where a character that needs no escape may have one; no recorder writes it so, but a person may.
    /// </summary>
    private static bool HasEscapedAscii(ReadOnlySpan<byte> raw) => raw.IndexOf("\\u00"u8) >= 0;

    /// <summary>
    /// True where a point stands between a digit and four; digits of other scripts are written as escapes.
    /// </summary>
    private static bool MayHaveDecimal(ReadOnlySpan<byte> raw)
    {
        const int places = 4;
        for (var rest = raw; rest.IndexOf((byte)'.') is var point and >= 0; rest = rest[(point + 1)..])
        {
            var after = rest[(point + 1)..];
            var isDecimal =
                point > 0
                && IsDigit(rest[point - 1])
                && after.Length >= places
                && IsDigit(after[0])
                && IsDigit(after[1])
                && IsDigit(after[2])
                && IsDigit(after[3]);
            if (isDecimal || after.StartsWith("\\u"u8) || (after.Length > 0 && after[0] > 0x7f))
            {
                return true;
            }
        }

        return HasEscapedAscii(raw);
    }

    private static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';

    /// <summary>Applies the rules to a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="effects">What they changed.</param>
    public static string Apply(string text, KeyRules rules, out KeyEffects effects)
    {
        var masked = rules.MasksFileSearch && text.AsSpan().ContainsAny(':', '|') ? Mask(text) : text;
        var rounded = rules.RoundsDecimals ? DecimalLiterals.Round(masked) : masked;
        effects =
            (masked == text ? 0 : KeyEffects.MaskedFileSearch) | (rounded == masked ? 0 : KeyEffects.RoundedDecimal);
        return rounded;
    }

    private static string Mask(string text)
    {
        text = Score().Replace(text, "score: __NORMALIZED__");
        text = SearchAttributes.Remove(text);
        text = DocumentId().Replace(text, "document_id: __NORMALIZED__");
        return Citation().Replace(text, "<|__NORMALIZED__|>");
    }

    [GeneratedRegex(@"score:\s*[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Score();

    [GeneratedRegex(
        @"document_id:\s*[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex DocumentId();

    [GeneratedRegex(
        @"<\|[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}\|>",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Citation();
}
