using System.Buffers;
using System.Text;

namespace OpenAICassette.Cassettes;

/// <summary>
/// Represents a text that took the place of a secret, for example REDACTED_OPENAI_API_KEY_1. Safe unescaped in JSON,
/// URLs, YAML and shells.
/// </summary>
/// <param name="Rule">The id of the rule that found the secret.</param>
/// <param name="Suffix">
/// What tells one secret of the rule from another: a number, or a hash where one was asked for.
/// </param>
internal readonly record struct Placeholder(string Rule, string Suffix)
{
    /// <summary>What every placeholder begins with.</summary>
    public const string Prefix = "REDACTED_";

    /// <summary>What covers the letters and digits of model tokens, over and over.</summary>
    public const string Cover = "REDACTED";

    private static readonly SearchValues<char> s_cover = SearchValues.Create(Cover);
    private static readonly SearchValues<char> s_units = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>Gets how many characters it has, and bytes.</summary>
    public int Length => Prefix.Length + Rule.Length + 1 + Suffix.Length;

    /// <summary>Reads the placeholder that a text begins with; more may follow it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="placeholder">The placeholder.</param>
    /// <returns>False when the text does not begin with one.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Placeholder placeholder)
    {
        placeholder = default;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var end = text.IndexOfAnyExcept(s_units);
        var body = (end < 0 ? text : text[..end])[Prefix.Length..].TrimEnd('_');
        var last = body.LastIndexOf('_');
        if (last <= 0)
        {
            return false;
        }

        placeholder = new(RuleOf(body[..last]), body[(last + 1)..].ToString());
        return true;
    }

    /// <summary>Reads the placeholder that a text in UTF-8 begins with; more may follow it.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="placeholder">The placeholder.</param>
    /// <returns>False when the text does not begin with one.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out Placeholder placeholder)
    {
        const int longest = 128;
        placeholder = default;
        return utf8.StartsWith("REDACTED_"u8)
            && TryParse(Encoding.Latin1.GetString(utf8[..Math.Min(utf8.Length, longest)]), out placeholder);
    }

    /// <summary>Reads the first placeholder in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="placeholder">The placeholder.</param>
    /// <returns>False when there is none.</returns>
    public static bool TryFind(ReadOnlySpan<char> text, out int start, out Placeholder placeholder)
    {
        start = 0;
        while (text[start..].IndexOf(Prefix, StringComparison.Ordinal) is var at and >= 0)
        {
            start += at;
            if (TryParse(text[start..], out placeholder))
            {
                return true;
            }

            start += Prefix.Length;
        }

        placeholder = default;
        return false;
    }

    /// <summary>True for a text that is, or begins with, what took the place of a secret.</summary>
    public static bool Covers(ReadOnlySpan<char> text)
    {
        if (text.Contains(Prefix, StringComparison.Ordinal))
        {
            return true;
        }

        var end = text.IndexOfAnyExcept(s_cover);
        var run = end < 0 ? text : text[..end];
        var isEnough = end < 0 || (!char.IsAsciiLetterOrDigit(text[end]) && (end >= 4 || text[end] == '@'));

        // A key may begin with some of these letters too, but hardly in this order.
        return isEnough
            && (Cover + Cover).AsSpan().Contains(run[..Math.Min(run.Length, Cover.Length)], StringComparison.Ordinal);
    }

    /// <summary>Returns the placeholder as it is written.</summary>
    public override string ToString() => $"{Prefix}{Rule.Replace('-', '_').ToUpperInvariant()}_{Suffix}";

    private static string RuleOf(ReadOnlySpan<char> label) => string.Create(label.Length, label, static (rule, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                rule[i] = from[i] == '_' ? '-' : char.ToLowerInvariant(from[i]);
            }
        });
}
