using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Represents an entry of a rule file that allows findings. All that it specifies must match.</summary>
internal sealed record AllowedFinding
{
    /// <summary>Gets the pattern of paths with * and ?, with forward slashes; null for any file.</summary>
    public string? Path { get; init; }

    /// <summary>Gets the id of the rule, with * for any text; null for any rule.</summary>
    public string? Rule { get; init; }

    /// <summary>Gets the SHA-256 of the value in hexadecimal digits; null for any value.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Returns whether the entry allows a finding.</summary>
    /// <param name="rule">The id of the rule.</param>
    /// <param name="value">The value.</param>
    /// <param name="path">The path of the file.</param>
    public bool Matches(string rule, string value, string path) =>
        (Rule is null || FileSystemName.MatchesSimpleExpression(Rule, rule))
        && (Path is null || IsPath(Path, path.Replace('\\', '/')))
        && (Sha256 is null || Sha256.Equals(HashOf(value), StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns whether a path, or its end after a slash, matches a pattern.</summary>
    private static bool IsPath(string pattern, string path) =>
        FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false)
        || FileSystemName.MatchesSimpleExpression("*/" + pattern, path, ignoreCase: false);

    private static string HashOf(string value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}
