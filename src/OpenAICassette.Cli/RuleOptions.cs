using System.CommandLine;
using OpenAICassette.Redaction;
using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Cli;

/// <summary>The options that specify which secrets to find.</summary>
internal sealed class RuleOptions
{
    private readonly Option<string[]> _rules = new("--rule")
    {
        Description = "Use only rules with this id; * matches any text.",
        HelpName = "ID",
    };
    private readonly Option<string[]> _excluded = new("--exclude-rule")
    {
        Description = "Do not use rules with this id.",
        HelpName = "ID",
    };
    private readonly Option<string[]> _files = new("--rule-file")
    {
        Description = "A JSON file with additional rules and with values to allow.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _environment = new("--from-environment")
    {
        Description = "Also remove the values of environment variables with secret-looking names.",
    };
    private readonly Option<bool> _personal = new("--include-personal-data")
    {
        Description = "Also remove e-mail addresses, telephone numbers, payment cards and IP addresses.",
    };
    private readonly Option<bool> _identifiers = new("--include-identifier")
    {
        Description = "Also remove identifiers of the account that was used.",
    };
    private readonly Option<string?> _home = new("--user-home")
    {
        Description = "Also replace the name of the user whose home folder this is; ~ is your own.",
        HelpName = "PATH",
    };
    private readonly Option<string?> _salt = new("--salt-from")
    {
        Description = "End placeholders with a hash that is salted with the value of this environment variable.",
        HelpName = "NAME",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] all = [_rules, _excluded, _files, _environment, _personal, _identifiers, _home, _salt];
        foreach (var option in all)
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(_home) is { } home && !UserHome.IsValid(home))
            {
                result.AddError($"--user-home: '{home}' is not the path of a user's home folder, such as /home/alice");
            }
        });
    }

    /// <summary>Begins a run with the specified rules.</summary>
    /// <exception cref="RuleFileException">A rule file is not valid.</exception>
    public Redactor BeginRun(ParseResult parsed) =>
        new(
            new RedactionOptions
            {
                Rules = parsed.GetValue(_rules) ?? [],
                ExcludedRules = parsed.GetValue(_excluded) ?? [],
                RuleFiles = parsed.GetValue(_files) ?? [],
                Values = parsed.GetValue(_environment) ? EnvironmentSecrets.Read() : new Dictionary<string, string>(),
                IncludePersonalData = parsed.GetValue(_personal),
                IncludeIdentifiers = parsed.GetValue(_identifiers),
                UserHome = parsed.GetValue(_home),
                Salt = parsed.GetValue(_salt) is { } name ? Environment.GetEnvironmentVariable(name) : null,
            }
        );
}
