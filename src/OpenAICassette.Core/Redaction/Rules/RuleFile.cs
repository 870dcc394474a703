using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction.Rules;

/// <summary>
/// Reads a rule file: a JSON object with "rules" (each with id, pattern, and optional description, names, context,
/// entropy, severity, examples and counterExamples) and "allow" (with values, patterns and findings).
/// </summary>
internal sealed class RuleFile
{
    /// <summary>
    /// The maximum length of a pattern. A longer one would take minutes to prepare, and then be refused.
    /// </summary>
    private const int LongestPattern = 20_000;

    private static readonly string[] s_fileMembers = ["rules", "allow", "$schema"];
    private static readonly string[] s_allowMembers = ["values", "patterns", "findings"];
    private static readonly string[] s_findingMembers = ["path", "rule", "sha256", "reason"];
    private static readonly string[] s_ruleMembers =
    [
        "id",
        "description",
        "pattern",
        "names",
        "context",
        "entropy",
        "severity",
        "examples",
        "counterExamples",
    ];

    /// <summary>Gets the rules.</summary>
    public required IReadOnlyList<SecretRule> Rules { get; init; }

    /// <summary>Gets the values that are not secrets.</summary>
    public required IReadOnlyList<string> AllowedValues { get; init; }

    /// <summary>Gets the patterns of values that are not secrets.</summary>
    public required IReadOnlyList<Regex> AllowedPatterns { get; init; }

    /// <summary>Gets the findings that are allowed.</summary>
    public required IReadOnlyList<AllowedFinding> AllowedFindings { get; init; }

    /// <summary>Gets the path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Returns whether a pattern of the file allows a value.</summary>
    /// <exception cref="ScanLimitException">A pattern exceeded its time limit.</exception>
    public bool AllowsByPattern(string value)
    {
        try
        {
            return AllowedPatterns.Any(pattern => pattern.IsMatch(value));
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new ScanLimitException(
                $"a pattern in /allow/patterns of {Path} searched a value of {value.Length} characters for more than {SecretRule.LongestSearch.TotalSeconds} seconds. Simplify it.",
                e
            );
        }
    }

    /// <summary>Reads a rule file.</summary>
    /// <exception cref="RuleFileException">The file cannot be read, or it is not valid.</exception>
    public static RuleFile Read(string path)
    {
        try
        {
            var root = JsonTree.ParseFile(File.ReadAllBytes(path)).Root;
            RequireObject(path, root, string.Empty, s_fileMembers);
            RequireKind(path, root["$schema"], JsonValueKind.String, "/$schema", "a text");
            RequireKind(path, root["rules"], JsonValueKind.Array, "/rules", "a list of rules");
            var allow = root["allow"];
            if (allow.Exists)
            {
                RequireObject(path, allow, "/allow", s_allowMembers);
                RequireKind(path, allow["findings"], JsonValueKind.Array, "/allow/findings", "a list of findings");
            }

            return new RuleFile
            {
                Path = path,
                AllowedFindings =
                [
                    .. allow["findings"]
                        .Elements.Select((finding, index) => FindingOf(path, finding, $"/allow/findings/{index}")),
                ],
                Rules = [.. root["rules"].Elements.Select((rule, index) => RuleOf(path, rule, $"/rules/{index}"))],
                AllowedValues = Texts(path, allow["values"], "/allow/values"),
                AllowedPatterns =
                [
                    .. Texts(path, allow["patterns"], "/allow/patterns")
                        .Select((pattern, index) => PatternOf(path, pattern, $"/allow/patterns/{index}")),
                ],
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
        RequireObject(path, rule, pointer, s_ruleMembers);
        RequireKind(path, rule["description"], JsonValueKind.String, $"{pointer}/description", "a text");
        RequireKind(path, rule["severity"], JsonValueKind.String, $"{pointer}/severity", "error or warning");
        var id = rule["id"].Text;
        if (id is null || !Regex.IsMatch(id, "^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant))
        {
            throw new RuleFileException(
                path,
                $"{pointer}/id: expected lower-case words with hyphens between them, for example acme-api-key"
            );
        }

        var pattern = rule["pattern"].Text
            ?? throw new RuleFileException(path, $"{pointer}/pattern: the pattern is missing");
        PatternOf(path, pattern, $"{pointer}/pattern");
        var entropy = EntropyOf(path, rule["entropy"], $"{pointer}/entropy");
        var severity = rule["severity"].Text ?? nameof(SecretSeverity.Error);
        var made = new SecretRule(id, rule["description"].Text ?? id)
        {
            File = path,
            Names = Texts(path, rule["names"], $"{pointer}/names"),
            Context = Texts(path, rule["context"], $"{pointer}/context"),
            Pattern = pattern,
            IsSecret = value => !SecretValue.HasFiller(value) && SecretValue.Entropy(value) >= entropy,
            Severity =
                Enum.TryParse<SecretSeverity>(severity, ignoreCase: true, out var parsed)
                && char.IsAsciiLetter(severity[0])
                    ? parsed
                    : throw new RuleFileException(path, $"{pointer}/severity: expected error or warning"),
            Examples = Texts(path, rule["examples"], $"{pointer}/examples"),
            CounterExamples = Texts(path, rule["counterExamples"], $"{pointer}/counterExamples"),
        };
        Prove(path, made, pointer);
        return made;
    }

    /// <summary>
    /// Returns the examples of a rule show whether it does what its author intended. Error messages do not show them,
    /// because they may be keys.
    /// </summary>
    private static void Prove(string path, SecretRule rule, string pointer)
    {
        for (var i = 0; i < rule.Examples.Count; i++)
        {
            if (!Finds(rule, rule.Examples[i]))
            {
                throw new RuleFileException(
                    path,
                    $"{pointer}/examples/{i}: the rule {rule.Id} finds nothing in its own example"
                );
            }
        }

        for (var i = 0; i < rule.CounterExamples.Count; i++)
        {
            if (Finds(rule, rule.CounterExamples[i]))
            {
                throw new RuleFileException(
                    path,
                    $"{pointer}/counterExamples/{i}: the rule {rule.Id} finds something in its own counterexample"
                );
            }
        }
    }

    private static bool Finds(SecretRule rule, string text)
    {
        var matches = new List<SecretMatch>();
        rule.FindAll(text, matches);
        return matches.Count > 0;
    }

    private static AllowedFinding FindingOf(string path, JsonValue finding, string pointer)
    {
        RequireObject(path, finding, pointer, s_findingMembers);
        foreach (var member in s_findingMembers)
        {
            RequireKind(path, finding[member], JsonValueKind.String, $"{pointer}/{member}", "a text");
        }

        var sha256 = finding["sha256"].Text;
        if (sha256 is not null && (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit)))
        {
            throw new RuleFileException(path, $"{pointer}/sha256: expected 64 hexadecimal digits");
        }

        var entry = new AllowedFinding
        {
            Path = finding["path"].Text,
            Rule = finding["rule"].Text,
            Sha256 = sha256,
        };
        return entry is { Path: null, Rule: null, Sha256: null }
            ? throw new RuleFileException(path, $"{pointer}: expected a path, a rule or a sha256")
            : entry;
    }

    /// <summary>Returns the minimum entropy of a value, in bits per character.</summary>
    private static double EntropyOf(string path, JsonValue entropy, string pointer) =>
        !entropy.Exists ? 0
        : entropy.Kind == JsonValueKind.Number
        && double.TryParse(entropy.Utf8.Span, CultureInfo.InvariantCulture, out var bits)
        && bits is >= 0 and <= 8
            ? bits
        : throw new RuleFileException(path, $"{pointer}: expected bits per character, from 0 to 8");

    private static Regex PatternOf(string path, string pattern, string pointer)
    {
        if (pattern.Length > LongestPattern)
        {
            throw new RuleFileException(
                path,
                $"{pointer}: the pattern has {pattern.Length} characters, but at most {LongestPattern} are allowed. Split it into several rules."
            );
        }

        try
        {
            var regex = new Regex(
                pattern,
                RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking,
                SecretRule.LongestSearch
            );
            return regex.IsMatch(string.Empty)
                ? throw new RuleFileException(
                    path,
                    $"{pointer}: the pattern matches the empty string, and so matches everywhere"
                )
                : regex;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new RuleFileException(path, $"{pointer}: {e.Message}", e);
        }
    }

    private static void RequireObject(string path, JsonValue value, string pointer, string[] members)
    {
        var place = pointer.Length == 0 ? string.Empty : $"{pointer}: ";
        if (value.Kind != JsonValueKind.Object)
        {
            throw new RuleFileException(
                path,
                $"{place}expected an object with the members {string.Join(", ", members)}"
            );
        }

        foreach (var (name, _) in value.Members)
        {
            if (!members.Contains(name))
            {
                throw new RuleFileException(
                    path,
                    $"{place}unknown member '{name}'; expected {string.Join(", ", members)}"
                );
            }
        }
    }

    private static void RequireKind(string path, JsonValue value, JsonValueKind kind, string pointer, string expected)
    {
        if (value.Exists && value.Kind != kind)
        {
            throw new RuleFileException(path, $"{pointer}: expected {expected}");
        }
    }

    private static string[] Texts(string path, JsonValue list, string pointer) =>
        !list.Exists ? []
        : list.Kind == JsonValueKind.Array && list.Elements.All(element => element.Kind == JsonValueKind.String)
            ? [.. list.Elements.Select(element => element.Text!)]
        : throw new RuleFileException(path, $"{pointer}: expected a list of strings");
}
