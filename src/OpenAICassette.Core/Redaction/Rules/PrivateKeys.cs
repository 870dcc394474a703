using System.Buffers;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Finds private keys in PEM (RFC 7468), whose lines end with line ends or escapes of them.</summary>
internal static class PrivateKeys
{
    private const int Longest = 32 << 10;
    private static readonly SearchValues<char> s_body = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\\\r\n \t-:,"
    );

    /// <summary>Finds the private key whose first dashes are at a position.</summary>
    public static void Find(string text, int at, List<SecretMatch> matches)
    {
        var block = text.AsSpan(at, Math.Min(Longest, text.Length - at));
        var header = block[11..].IndexOf("-----", StringComparison.Ordinal);
        if (header is < 0 or > 64 || !block.Slice(11, header).Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            return;
        }

        var start = 11 + header + 5;
        var end = block[start..].IndexOf("-----", StringComparison.Ordinal) is var dashes and >= 0
            ? start + dashes
            : block.Length;
        var isEnded = block[end..].StartsWith("-----END", StringComparison.Ordinal);
        var close = isEnded ? block[(end + 8)..].IndexOf("-----", StringComparison.Ordinal) : -1;
        var bodyEnd =
            isEnded ? end
            : block[start..end].IndexOfAnyExcept(s_body) is var other and >= 0 ? start + other
            : end;
        var body = block[start..bodyEnd];
        if (Letters(body) >= 40 && !body.Contains("...", StringComparison.Ordinal))
        {
            matches.Add(
                new SecretMatch(NamedRules.PrivateKey, at, close is < 0 or > 64 ? bodyEnd : end + 8 + close + 5)
            );
        }
    }

    /// <summary>
    /// Returns whether a block begins like DER, OpenSSH's own format, OpenPGP or the header lines of an encrypted key.
    /// </summary>
    public static bool IsKnown(string block)
    {
        var body = block.AsSpan(block.IndexOf("-----", 11, StringComparison.Ordinal) + 5).TrimStart("\\nrt \r\n\t");
        foreach (
            var begin in (ReadOnlySpan<string>)
                [
                    "MI",
                    "MC",
                    "MF",
                    "MG",
                    "MH",
                    "b3BlbnNzaC1rZXktdjE",
                    "lQ",
                    "lF",
                    "lI",
                    "xc",
                    "Proc-Type:",
                    "Version:",
                    "Comment:",
                ]
        )
        {
            if (body.StartsWith(begin, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static int Letters(ReadOnlySpan<char> body)
    {
        var count = 0;
        foreach (var unit in body)
        {
            count += char.IsAsciiLetterOrDigit(unit) ? 1 : 0;
        }

        return count;
    }
}
