using System.Management.Automation;
using System.Net;
using System.Security;
using OpenAICassette.Redaction;

namespace OpenAICassette.Hosting;

/// <summary>A cmdlet that looks for secrets: which ones.</summary>
public abstract class SecretCommand : CassetteInputCommand
{
    /// <summary>The ids of the only rules to use; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.RuleCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Rule { get; set; } = [];

    /// <summary>The ids of rules not to use; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.RuleCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] ExcludeRule { get; set; } = [];

    /// <summary>JSON files with more rules, and with values that are no secrets.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RuleFile { get; set; } = [];

    /// <summary>Values that are secrets wherever they stand.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public SecureString[] Value { get; set; } = [];

    /// <summary>
    /// Whether the values of environment variables whose names say that they are secret are secrets wherever they
    /// stand.
    /// </summary>
    [Parameter]
    public SwitchParameter FromEnvironment { get; set; }

    /// <summary>Whether to look for e-mail addresses, telephone numbers, payment cards and IP addresses too.</summary>
    [Parameter]
    public SwitchParameter IncludePersonalData { get; set; }

    /// <summary>
    /// Whether to look for what tells whose account was used too: organizations, projects, resource hosts.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeIdentifier { get; set; }

    /// <summary>Begins a run; a rule file that cannot be used ends the pipeline.</summary>
    /// <param name="salt">The salt of placeholders; null to number them.</param>
    private protected Redactor BeginRun(string? salt = null)
    {
        var values = new Dictionary<string, string>(
            FromEnvironment ? EnvironmentSecrets.Read() : new Dictionary<string, string>(),
            StringComparer.Ordinal
        );
        foreach (
            var value in Value
                .Select(secret => new NetworkCredential(string.Empty, secret).Password)
                .Where(value => value.Length > 0)
        )
        {
            values[value] = "given-value";
        }

        try
        {
            return new Redactor(
                new RedactionOptions
                {
                    Rules = Rule,
                    ExcludedRules = ExcludeRule,
                    RuleFiles = [.. RuleFile.Select(file => PathResolver.ResolveDestination(this, file))],
                    Values = values,
                    IncludePersonalData = IncludePersonalData,
                    IncludeIdentifiers = IncludeIdentifier,
                    Salt = salt,
                }
            );
        }
        catch (RuleFileException e)
        {
            ThrowTerminatingError(Errors.Of(e));
            throw;
        }
    }
}
