using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAICassette.Json;

namespace OpenAICassette.Redaction.Rules;

/// <summary>
/// A user's rules and what is allowed: a JSON object with "rules" (each with id, pattern, and if need be description, names, context,
/// entropy, severity, examples and counterExamples) and "allow" (with values and patterns).
/// </summary>
internal sealed class RuleFile
{
    private static readonly string[] s_members = ["id", "description", "pattern", "names", "context", "entropy", "severity", "examples", "counterExamples"];

    /// <summary>The rules.</summary>
    public required IReadOnlyList<SecretRule> Rules { get; init; }

    /// <summary>Values that are no secrets.</summary>
    public required IReadOnlyList<string> AllowedValues { get; init; }

    /// <summary>Patterns of values that are no secrets.</summary>
    public required IReadOnlyList<Regex> AllowedPatterns { get; init; }

    /// <summary>Reads a rule file.</summary>
    /// <exception cref="RuleFileException">It cannot be read, or something in it is wrong.</exception>
    public static RuleFile Read(string path)
    {
        try
        {
            var root = JsonTree.ParseFile(File.ReadAllBytes(path)).Root;
            if (root.Kind != JsonValueKind.Object || root.Members.FirstOrDefault(member => member.Key is not ("rules" or "allow" or "$schema")).Key is { } unknown && unknown.Length > 0)
            {
                throw new RuleFileException(path, "expected an object with the members rules and allow, and no others");
            }

            return new RuleFile
            {
                Rules = [.. root["rules"].Elements.Select((rule, index) => RuleOf(path, rule, $"/rules/{index}"))],
                AllowedValues = Texts(path, root["allow"]["values"], "/allow/values"),
                AllowedPatterns = [.. Texts(path, root["allow"]["patterns"], "/allow/patterns").Select(pattern => PatternOf(path, pattern, "/allow/patterns"))],
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RuleFileException(path, e.Message, e);
        }
        catch (JsonTextException e)
        {
            throw new RuleFileException(path, $"not JSON: {e.Message}", e);
        }
    }

    private static SecretRule RuleOf(string path, JsonValue rule, string pointer)
    {
        if (rule.Members.FirstOrDefault(member => !s_members.Contains(member.Key)).Key is { } unknown)
        {
            throw new RuleFileException(path, $"{pointer}: there is no member '{unknown}'; a rule has {string.Join(", ", s_members)}");
        }

        var id = rule["id"].Text;
        if (id is null || !Regex.IsMatch(id, "^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant))
        {
            throw new RuleFileException(path, $"{pointer}/id: expected lower-case words with hyphens between them, for example acme-api-key");
        }

        var pattern = rule["pattern"].Text ?? throw new RuleFileException(path, $"{pointer}/pattern: a rule needs a pattern");
        PatternOf(path, pattern, $"{pointer}/pattern");
        var entropy = EntropyOf(path, rule["entropy"], $"{pointer}/entropy");
        var severity = rule["severity"].Text ?? nameof(SecretSeverity.Error);
        var made = new SecretRule(id, rule["description"].Text ?? id)
        {
            Names = Texts(path, rule["names"], $"{pointer}/names"),
            Context = Texts(path, rule["context"], $"{pointer}/context"),
            Pattern = pattern,
            IsSecret = value => !SecretValue.HasFiller(value) && SecretValue.Entropy(value) >= entropy,
            Severity = Enum.TryParse<SecretSeverity>(severity, ignoreCase: true, out var parsed) ? parsed : throw new RuleFileException(path, $"{pointer}/severity: expected error or warning"),
            Examples = Texts(path, rule["examples"], $"{pointer}/examples"),
            CounterExamples = Texts(path, rule["counterExamples"], $"{pointer}/counterExamples"),
        };
        Prove(path, made, pointer);
        return made;
    }

    /// <summary>A rule's own examples say whether it does what its author meant. Their texts are not shown: they may be keys.</summary>
    private static void Prove(string path, SecretRule rule, string pointer)
    {
        for (var i = 0; i < rule.Examples.Count; i++)
        {
            if (!Finds(rule, rule.Examples[i]))
            {
                throw new RuleFileException(path, $"{pointer}/examples/{i}: the rule {rule.Id} finds nothing in its own example");
            }
        }

        for (var i = 0; i < rule.CounterExamples.Count; i++)
        {
            if (Finds(rule, rule.CounterExamples[i]))
            {
                throw new RuleFileException(path, $"{pointer}/counterExamples/{i}: the rule {rule.Id} finds something where it should not");
            }
        }
    }

    private static bool Finds(SecretRule rule, string text)
    {
        var matches = new List<SecretMatch>();
        rule.FindAll(text, matches);
        return matches.Count > 0;
    }

    /// <summary>The least entropy of a value, in bits per character.</summary>
    private static double EntropyOf(string path, JsonValue entropy, string pointer)
        => !entropy.Exists ? 0
            : entropy.Kind == JsonValueKind.Number && double.TryParse(entropy.Utf8.Span, CultureInfo.InvariantCulture, out var bits) && bits is >= 0 and <= 8 ? bits
            : throw new RuleFileException(path, $"{pointer}: expected bits per character, from 0 to 8");

    private static Regex PatternOf(string path, string pattern, string pointer)
    {
        try
        {
            var regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);
            return regex.IsMatch(string.Empty) ? throw new RuleFileException(path, $"{pointer}: the pattern matches nothing at all, and so everywhere") : regex;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new RuleFileException(path, $"{pointer}: {e.Message}", e);
        }
    }

    private static string[] Texts(string path, JsonValue list, string pointer)
        => !list.Exists ? []
            : list.Kind == JsonValueKind.Array && list.Elements.All(element => element.Kind == JsonValueKind.String) ? [.. list.Elements.Select(element => element.Text!)]
            : throw new RuleFileException(path, $"{pointer}: expected a list of texts");
}
