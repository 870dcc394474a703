using System.CommandLine;
using OpenAICassette.Redaction;

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
    private readonly Option<string?> _salt = new("--salt-from")
    {
        Description = "End placeholders with a hash that is salted with the value of this environment variable.",
        HelpName = "NAME",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _rules, _excluded, _files, _environment, _personal, _identifiers, _salt })
        {
            command.Add(option);
        }
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
                Salt = parsed.GetValue(_salt) is { } name ? Environment.GetEnvironmentVariable(name) : null,
            }
        );
}
