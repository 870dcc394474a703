using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpenAICassette.Cassettes;
using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Redaction;

/// <summary>Assigns each secret value one placeholder, the same wherever the value occurs in a run.</summary>
/// <param name="salt">A salt, with which placeholders end in a hash instead of a number; null for none.</param>
internal sealed class Placeholders(string? salt = null)
{
    private const int SaltedBytes = 6;

    private readonly Dictionary<string, string> _byValue = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Reserves the placeholders that a document already contains, which stand for other values.</summary>
    public void LeaveOut(ReadOnlySpan<byte> document)
    {
        for (var at = document.IndexOf("REDACTED_"u8); at >= 0; at = document.IndexOf("REDACTED_"u8))
        {
            if (Placeholder.TryParse(document[at..], out var placeholder))
            {
                _taken.Add(placeholder.ToString());
            }

            document = document[(at + Placeholder.Prefix.Length)..];
        }
    }

    /// <summary>
    /// Returns the placeholder of a value. It is safe without escaping in JSON, URLs, YAML and shells.
    /// </summary>
    /// <param name="rule">The rule that found the value.</param>
    /// <param name="value">The secret.</param>
    public string For(SecretRule rule, string value)
    {
        if (rule.Replacement is { } replacement)
        {
            return replacement;
        }

        if (_byValue.TryGetValue(value, out var placeholder))
        {
            return placeholder;
        }

        if (salt is not null)
        {
            var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(salt), Encoding.UTF8.GetBytes(value));
            return _byValue[value] = new Placeholder(
                rule.Id,
                Convert.ToHexString(hash.AsSpan(0, SaltedBytes))
            ).ToString();
        }

        var number = _last.GetValueOrDefault(rule.Id);
        do
        {
            placeholder = new Placeholder(rule.Id, (++number).ToString(CultureInfo.InvariantCulture)).ToString();
        } while (_taken.Contains(placeholder));
        _last[rule.Id] = number;
        return _byValue[value] = placeholder;
    }
}
