using System.Text;
using OpenAICassette.Cassettes;

namespace OpenAICassette.Matching;

/// <summary>
/// Placeholders in a request. A cassette was scrubbed in one run and the request that comes in in another, so the
/// numbers differ; what must agree is the rule, and that equal ones stay equal.
/// </summary>
internal static class PlaceholderText
{
    /// <summary>True for bytes that may hold a placeholder.</summary>
    public static bool IsIn(ReadOnlySpan<byte> utf8) => utf8.IndexOf("REDACTED_"u8) >= 0;

    /// <summary>The text with each placeholder's suffix replaced by its ordinal within the request.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ordinals">Gives each placeholder its ordinal.</param>
    public static string Normalize(string text, Ordinals ordinals)
    {
        var normal = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (Placeholder.TryFind(rest, out var start, out var placeholder))
        {
            normal
                .Append(rest[..start])
                .Append(placeholder.Rule)
                .Append('#')
                .Append(ordinals.Of(placeholder.ToString()));
            rest = rest[(start + placeholder.Length)..];
        }

        return normal.Append(rest).ToString();
    }
}
