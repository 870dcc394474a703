namespace OpenAICassette;

/// <summary>Specifies which secrets to find and how placeholders are created.</summary>
public sealed record RedactionOptions
{
    /// <summary>Gets the ids of the only rules to use; empty for all rules. Wildcards are allowed.</summary>
    public IReadOnlyList<string> Rules { get; init; } = Array.Empty<string>();

    /// <summary>Gets the ids of rules to exclude. Wildcards are allowed.</summary>
    public IReadOnlyList<string> ExcludedRules { get; init; } = Array.Empty<string>();

    /// <summary>
    /// Gets whether to also find e-mail addresses, telephone numbers, payment cards and IP addresses.
    /// </summary>
    public bool IncludePersonalData { get; init; }

    /// <summary>
    /// Gets whether to also find identifiers of the account that was used: organizations, projects, resource hosts.
    /// </summary>
    public bool IncludeIdentifiers { get; init; }

    /// <summary>Gets the files with additional rules and with values to allow.</summary>
    public IReadOnlyList<string> RuleFiles { get; init; } = Array.Empty<string>();

    /// <summary>Gets values that are secrets wherever they occur, each with the name for its placeholder.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Gets the path of a user's home folder, for example <c>/home/alice</c> or <c>C:\Users\alice</c>. The name of the
    /// user
    /// becomes <c>user</c>, in paths and wherever else it is a word. Null to leave it.
    /// </summary>
    public string? UserHome { get; init; }

    /// <summary>
    /// Gets the salt for placeholders that end in a hash of the value and are the same in every run; null for numbers.
    /// </summary>
    public string? Salt { get; init; }

    /// <summary>Returns the name of the type, so that no secret is shown.</summary>
    public override string ToString() => nameof(RedactionOptions);
}
