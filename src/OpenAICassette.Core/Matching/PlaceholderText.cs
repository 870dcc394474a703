using System.Text;
using OpenAICassette.Cassettes;

namespace OpenAICassette.Matching;

/// <summary>
/// Compares placeholders. A cassette and a request are scrubbed in different runs, so their numbers differ; the rule
/// and the equality of values must agree.
/// </summary>
internal static class PlaceholderText
{
    /// <summary>Returns whether bytes may contain a placeholder.</summary>
    public static bool IsIn(ReadOnlySpan<byte> utf8) => utf8.IndexOf("REDACTED_"u8) >= 0;

    /// <summary>Returns the number of placeholders in a text.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (; Placeholder.TryFind(text, out var start, out var placeholder); count++)
        {
            text = text[(start + placeholder.Length)..];
        }

        return count;
    }

    /// <summary>Returns the text with the suffix of each placeholder replaced by its ordinal in the request.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ordinals">Assigns each placeholder its ordinal.</param>
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
