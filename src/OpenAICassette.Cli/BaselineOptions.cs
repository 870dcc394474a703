using System.CommandLine;
using OpenAICassette.Baselines;

namespace OpenAICassette.Cli;

/// <summary>The options that compare findings with a baseline.</summary>
internal sealed class BaselineOptions
{
    private readonly Option<string?> _path = new("--baseline")
    {
        Description = "A file with known findings, which are counted but not shown and do not fail.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _update = new("--update-baseline")
    {
        Description = "Write the findings of this run to the baseline, keep its reasons, and do not fail.",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_path);
        command.Add(_update);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_update) && result.GetValue(_path) is null)
            {
                result.AddError("--update-baseline requires --baseline FILE");
            }
        });
    }

    /// <summary>Returns whether a command line names a baseline.</summary>
    public bool IsGiven(System.CommandLine.Parsing.CommandResult result) => result.GetValue(_path) is not null;

    /// <summary>Begins a run.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="ofSecrets">True for secrets, false for problems of cassettes.</param>
    /// <exception cref="BaselineException">The baseline is missing, or it is not valid.</exception>
    public BaselineRun Begin(ParseResult parsed, bool ofSecrets)
    {
        var isUpdate = parsed.GetValue(_update);
        return parsed.GetValue(_path) is { } path
            ? new BaselineRun(path, Baseline.Open(path, ofSecrets, isUpdate), isUpdate)
            : new BaselineRun(null, null, false);
    }
}
