using System.CommandLine;
using OpenAICassette.Formats;
using OpenAICassette.Scrubbing;

namespace OpenAICassette.Cli;

/// <summary><c>cassette scrub</c>: removes secrets.</summary>
internal static class ScrubCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var input = new InputOptions();
        var check = new Option<bool>("--check")
        {
            Description = "Only show what would be removed; exit code 1 if there is anything.",
        };
        var write = new Option<bool>("--write") { Description = "Replace the files that contain secrets." };
        var folder = new Option<string?>("--out")
        {
            Description = "Write every file, changed or not, to this folder.",
            HelpName = "DIR",
        };
        var report = ReportOption.Create();
        var updateKey = new Option<bool>("--update-key")
        {
            Description = "Rename recordings whose request changed to their new key.",
        };
        var rules = new RuleOptions();
        var baseline = new BaselineOptions();
        var command = new Command("scrub", "Remove secrets. Without an option, the clean text goes to standard output.")
        {
            check,
            write,
            folder,
            report,
            updateKey,
        };
        input.AddTo(command);
        rules.AddTo(command);
        baseline.AddTo(command);
        command.Validators.Add(result =>
        {
            var given = new Option[] { check, write, folder }.Count(option =>
                result.GetResult(option) is { Implicit: false }
            );
            var several =
                result.GetValue(input.Paths) is { Length: > 1 }
                || (result.GetValue(input.Paths) is [var only] && Directory.Exists(only));
            if (baseline.IsGiven(result) && !result.GetValue(check))
            {
                result.AddError("--baseline requires --check");
            }
            else if (given > 1)
            {
                result.AddError("--check, --write and --out cannot be used together");
            }
            else if (given == 0 && (several || result.GetResult(report) is { Implicit: false }))
            {
                result.AddError(
                    several
                        ? "more than one file requires --check, --write or --out DIR"
                        : "--report requires --check, --write or --out DIR"
                );
            }
            else if (
                (result.GetValue(write) || result.GetValue(folder) is not null)
                && result.GetValue(input.Paths)?.Contains(CassetteInput.StandardInput) == true
            )
            {
                result.AddError("standard input can only be scrubbed to standard output or with --check");
            }
        });
        return command.Runs(
            (parsed, output, cancellation) =>
            {
                var inputs = input.Of(parsed);
                var corpus = inputs
                    .Paths.Where(file => file != CassetteInput.StandardInput)
                    .SelectMany(file => inputs.Find(file, anyText: true));
                ProgressMeter? reading = null;
                var options = new ScrubOptions
                {
                    IsDryRun = parsed.GetValue(check),
                    InPlace = parsed.GetValue(write),
                    Destination = parsed.GetValue(folder) is { } path ? CassetteDestination.OfFolder(path) : null,
                    UpdateKey = parsed.GetValue(updateKey),
                    Corpus = corpus,
                    Reading = () => (reading ??= output.Measure(corpus.Count))?.Add(),
                };
                var known = baseline.Begin(parsed, ofSecrets: true);
                var redactor = rules.BeginRun(parsed);
                redactor.Hash = known.Hash;
                var run = new ScrubRun(new CorpusScrub(redactor, options), options, output)
                {
                    Report = parsed.GetValue(report),
                    Baseline = known,
                };
                var isFound = run.Run(inputs, cancellation);
                known.End(output, redactor.Uses, cancellation);
                return Task.FromResult(output.CodeWith(isFound && options.IsDryRun && !known.IsUpdate));
            }
        );
    }
}
