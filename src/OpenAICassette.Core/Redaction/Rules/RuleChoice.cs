using System.IO.Enumeration;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Chooses the rules that options specify.</summary>
internal static class RuleChoice
{
    /// <summary>Chooses rules.</summary>
    /// <exception cref="RuleFileException">A rule file cannot be read, or a rule in it is not valid.</exception>
    /// <exception cref="ArgumentException">The home folder is not one of a user.</exception>
    public static SecretRules Of(RedactionOptions options)
    {
        var files = options.RuleFiles.Select(RuleFile.Read).ToList();
        SecretRule[] all =
        [
            .. SecretRules.Standard.All,
            .. options.IncludePersonalData ? PersonalData.All : [],
            .. options.IncludeIdentifiers ? AccountIdentifiers.All : [],
            .. files.SelectMany(file => file.Rules),
        ];
        var chosen = all.Where(rule =>
                (options.Rules.Count == 0 || Has(options.Rules, rule.Id)) && !Has(options.ExcludedRules, rule.Id)
            )
            .ToArray();
        chosen = options.UserHome is { } home ? [.. chosen, .. UserHome.Of(home)] : chosen;
        var values = options
            .Values.Where(value => value.Key.Length >= SecretRules.ShortestValue)
            .ToDictionary(
                value => value.Key,
                value => new SecretRule(value.Value, NamedRules.Given.Description) { IsGiven = true },
                StringComparer.Ordinal
            );
        var allowed = files.SelectMany(file => file.AllowedValues).ToHashSet(StringComparer.Ordinal);
        return new SecretRules(
            chosen,
            values,
            value => allowed.Contains(value) || files.Exists(file => file.AllowsByPattern(value)),
            [.. files.SelectMany(file => file.AllowedFindings)]
        );
    }

    /// <summary>Gets the ids of all rules that can be named without a rule file.</summary>
    public static IReadOnlyList<string> Ids { get; } =
    [
        .. SecretRules
            .Standard.All.Concat(PersonalData.All)
            .Concat(AccountIdentifiers.All)
            .Select(rule => rule.Id)
            .Order(StringComparer.Ordinal),
    ];

    private static bool Has(IReadOnlyList<string> patterns, string id) =>
        patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, id));
}
