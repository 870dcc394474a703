namespace OpenAICassette;

/// <summary>What to look for, and how placeholders are made.</summary>
public sealed record RedactionOptions
{
    /// <summary>The ids of the only rules to use, wildcards allowed; all when empty.</summary>
    public IReadOnlyList<string> Rules { get; init; } = Array.Empty<string>();

    /// <summary>The ids of rules not to use, wildcards allowed.</summary>
    public IReadOnlyList<string> ExcludedRules { get; init; } = Array.Empty<string>();

    /// <summary>Whether to look for e-mail addresses, telephone numbers, payment cards and IP addresses too.</summary>
    public bool IncludePersonalData { get; init; }

    /// <summary>Whether to look for what tells whose account was used too: organizations, projects, resource hosts.</summary>
    public bool IncludeIdentifiers { get; init; }

    /// <summary>Files with more rules and with what is allowed.</summary>
    public IReadOnlyList<string> RuleFiles { get; init; } = Array.Empty<string>();

    /// <summary>Values that are secrets wherever they stand, each with the name that its placeholder is made of.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>When given, placeholders end in a hash of the value with this salt, so that every run gives a value the same one.</summary>
    public string? Salt { get; init; }

    /// <summary>Nothing that holds a secret is shown.</summary>
    public override string ToString() => nameof(RedactionOptions);
}
