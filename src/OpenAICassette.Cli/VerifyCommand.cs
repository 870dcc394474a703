using System.CommandLine;
using OpenAICassette.Health;

namespace OpenAICassette.Cli;

/// <summary><c>cassette verify</c>: finds problems in cassettes.</summary>
internal static class VerifyCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var input = new InputOptions();
        var json = new Option<bool>("--json") { Description = "Print one JSON object per line for each finding." };
        var failOn = CliCommand.OneOf(
            "--fail-on",
            "The lowest severity for which the exit code is 1.",
            HealthSeverity.Error
        );
        var report = ReportOption.Create();
        var ids = new Option<string[]>("--id")
        {
            Description = "Report only findings with this id; * matches any text.",
            HelpName = "ID",
        };
        var excluded = new Option<string[]>("--exclude-id")
        {
            Description = "Do not report findings with this id.",
            HelpName = "ID",
        };
        var audiences = ListOption.Create<HealthAudience>(
            "--audience",
            "Report only what these need: replay by any program, Llama Stack's recorder, the repository."
        );
        var baseline = new BaselineOptions();
        var command = new Command("verify", "Find problems in cassettes.")
        {
            json,
            failOn,
            report,
            ids,
            excluded,
            audiences,
        };
        input.AddTo(command);
        baseline.AddTo(command);
        return command.Runs(
            (parsed, output, cancellation) =>
            {
                var known = baseline.Begin(parsed, ofSecrets: false);
                var run = new VerifyRun(known, output)
                {
                    Selection = new HealthSelection
                    {
                        Ids = parsed.GetValue(ids) ?? [],
                        ExcludedIds = parsed.GetValue(excluded) ?? [],
                        Audiences = parsed.GetValue(audiences) ?? [],
                    },
                    Report = parsed.GetValue(report),
                    AsJson = parsed.GetValue(json),
                };
                run.Run(input.Of(parsed), cancellation);
                var isFound = !known.IsUpdate && run.Worst >= parsed.GetValue(failOn);
                return Task.FromResult(run.IsInternal ? ExitCode.InternalError : output.CodeWith(isFound));
            }
        );
    }
}
