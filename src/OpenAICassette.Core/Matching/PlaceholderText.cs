using System.Text.RegularExpressions;

namespace OpenAICassette.Matching;

/// <summary>
/// Placeholders in a request. A cassette was scrubbed in one run and the request that comes in in another, so the numbers differ;
/// what must agree is the rule, and that equal ones stay equal.
/// </summary>
internal static partial class PlaceholderText
{
    /// <summary>True for bytes that may hold a placeholder.</summary>
    public static bool IsIn(ReadOnlySpan<byte> utf8) => utf8.IndexOf("REDACTED_"u8) >= 0;

    /// <summary>The text with each placeholder's suffix replaced by its ordinal within the request.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ordinals">Gives each placeholder its ordinal.</param>
    public static string Normalize(string text, Ordinals ordinals)
        => Placeholder().Replace(text, match => $"{match.Groups[1].ValueSpan}#{ordinals.Of(match.Value)}");

    [GeneratedRegex("(REDACTED_[A-Z0-9_]*?[A-Z])_([0-9]+|[0-9a-f]{8,})(?![0-9A-Za-z_])", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
