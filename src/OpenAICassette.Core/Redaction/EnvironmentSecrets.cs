using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Redaction;

/// <summary>
/// Finds secrets in environment variables: those with the name of a secret and a value that is not a placeholder.
/// </summary>
internal static class EnvironmentSecrets
{
    private const int Shortest = 8;

    /// <summary>Reads the process's environment.</summary>
    /// <returns>Each value with a name for its placeholder.</returns>
    public static IReadOnlyDictionary<string, string> Read() =>
        Read(
            Environment
                .GetEnvironmentVariables()
                .Cast<System.Collections.DictionaryEntry>()
                .Select(entry => KeyValuePair.Create((string)entry.Key, entry.Value as string ?? string.Empty))
        );

    /// <summary>Collects the secrets of variables.</summary>
    internal static Dictionary<string, string> Read(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in variables.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            var isNamed =
                SecretName.KindOf(name) is NameKind.Key or NameKind.Password or NameKind.Token or NameKind.Weak;
            if (
                isNamed
                && value.Length >= Shortest
                && !SecretValue.HasFiller(value)
                && !value.Contains('/', StringComparison.Ordinal) | SecretValue.IsRandom(value, 16)
            )
            {
                secrets.TryAdd(value, IdOf(name));
            }
        }

        return secrets;
    }

    /// <summary>Returns a rule id for any name: lower-case words with hyphens.</summary>
    public static string IdOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = new string([
            .. name.Select(unit => char.IsAsciiLetterOrDigit(unit) ? char.ToLowerInvariant(unit) : '-'),
        ]).Split('-', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? NamedRules.Given.Id : string.Join('-', words);
    }
}
