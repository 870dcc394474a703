using System.Management.Automation;
using System.Net;
using System.Security;
using OpenAICassette.Redaction;
using OpenAICassette.Scrubbing;

namespace OpenAICassette.Hosting;

/// <summary>Represents a cmdlet that finds or removes the secrets of its input.</summary>
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

    /// <summary>JSON files with more rules and with values to allow.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RuleFile { get; set; } = [];

    /// <summary>Values that are secrets wherever they occur.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public SecureString[] Value { get; set; } = [];

    /// <summary>
    /// Also treats the values of environment variables with secret-looking names as secrets.
    /// </summary>
    [Parameter]
    public SwitchParameter FromEnvironment { get; set; }

    /// <summary>Also finds e-mail addresses, telephone numbers, payment cards and IP addresses.</summary>
    [Parameter]
    public SwitchParameter IncludePersonalData { get; set; }

    /// <summary>
    /// Also finds identifiers of the account that was used: organizations, projects, resource hosts.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeIdentifier { get; set; }

    /// <summary>
    /// The home folder of a user, for example <c>/home/alice</c>; ~ is your own. The name becomes <c>user</c>, in paths
    /// and wherever else it is a word.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UserHome { get; set; }

    /// <summary>The run, which <c>BeginProcessing</c> creates.</summary>
    private protected CorpusScrub? Scrub { get; set; }

    /// <summary>The cassettes and other texts that the path parameters name.</summary>
    private protected IEnumerable<CassetteFile> Texts =>
        Paths.Select(path => path.Path).OfType<string>().SelectMany(path => CassetteStore.FindText(path, Recurse));

    /// <inheritdoc/>
    protected sealed override void Process(Cassette cassette) => Show(Scrub!.Scrub(cassette, StopToken));

    /// <inheritdoc/>
    private protected sealed override void ProcessPaths(IEnumerable<ResolvedPath> paths)
    {
        foreach (
            var (cassette, result) in CassetteLoader.Load(
                Reports,
                paths,
                Recurse,
                files => Scrub!.Run(files, StopToken),
                anyText: true
            )
        )
        {
            ForItem(cassette, () => Show(result));
        }
    }

    /// <summary>Writes the result for one cassette to the pipeline.</summary>
    private protected abstract void Write(ScrubResult result);

    /// <summary>Creates the redactor of a run; a rule file that is not valid ends the pipeline.</summary>
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
                    UserHome = UserHome is null ? null : HomeOf(UserHome),
                }
            );
        }
        catch (RuleFileException e)
        {
            ThrowTerminatingError(Errors.Of(e));
            throw;
        }
    }

    private string HomeOf(string home)
    {
        if (!OpenAICassette.Redaction.Rules.UserHome.IsValid(home))
        {
            ThrowTerminatingError(Errors.NoUserHome(home));
        }

        return home;
    }

    private void Show(ScrubResult result)
    {
        if (result.Error is { } error)
        {
            throw error;
        }

        Write(result);
    }
}
