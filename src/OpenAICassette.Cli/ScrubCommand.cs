using System.CommandLine;
using OpenAICassette.Formats;
using OpenAICassette.Redaction;

namespace OpenAICassette.Cli;

/// <summary><c>cassette scrub</c>: take secrets out.</summary>
internal static class ScrubCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var paths = CassetteInput.Paths();
        var check = new Option<bool>("--check") { Description = "Only tell what would be removed; exit code 1 if there is anything." };
        var write = new Option<bool>("--write") { Description = "Replace the files that hold secrets." };
        var folder = new Option<string?>("--out") { Description = "Write every cassette, changed or not, below this folder.", HelpName = "DIR" };
        var command = new Command("scrub", "Take secrets out. Without an option, the clean cassette goes to standard output.") { paths, check, write, folder };
        command.Validators.Add(result =>
        {
            var given = new Option[] { check, write, folder }.Count(option => result.GetResult(option) is { Implicit: false });
            var several = result.GetValue(paths) is { Length: > 1 } || (result.GetValue(paths) is [var only] && Directory.Exists(only));
            if (given > 1)
            {
                result.AddError("--check, --write and --out exclude one another");
            }
            else if (given == 0 && several)
            {
                result.AddError("for more than one file say --check, --write or --out DIR");
            }
            else if ((result.GetValue(write) || result.GetValue(folder) is not null) && result.GetValue(paths)?.Contains(CassetteInput.StandardInput) == true)
            {
                result.AddError("standard input can be scrubbed to standard output or with --check only");
            }
        });
        return command.Runs((parsed, output, cancellation) =>
        {
            var scrub = new Scrub(output, parsed.GetValue(check), parsed.GetValue(write), parsed.GetValue(folder));
            foreach (var (cassette, path) in CassetteInput.Load(parsed.GetValue(paths)!, output, cancellation))
            {
                scrub.Run(cassette, path, cancellation);
            }

            return Task.FromResult(scrub.FoundByCheck ? ExitCode.Problem : output.Code);
        });
    }

    /// <summary>One run of the command.</summary>
    private sealed class Scrub(Output output, bool check, bool write, string? folder)
    {
        private readonly Redactor _redactor = new();
        private readonly CassetteDestination? _destination = folder is null ? null : CassetteDestination.OfFolder(folder);

        /// <summary>True when the command only checks and something was found.</summary>
        public bool FoundByCheck { get; private set; }

        /// <summary>Scrubs one cassette; a problem with it is told and does not end the run.</summary>
        public void Run(Cassette cassette, string path, CancellationToken cancellation)
        {
            try
            {
                var result = _redactor.Redact(cassette, cancellation);
                if (!check && !write && _destination is null)
                {
                    output.Write(result.Cassette.Read(cancellation).Span);
                    return;
                }

                foreach (var finding in result.Findings)
                {
                    output.WriteLine($"{path}: {finding.Pointer}: {finding.Rule}");
                    FoundByCheck |= check;
                }

                if (_destination is not null)
                {
                    _destination.Write(result.Cassette, cancellation);
                }
                else if (write && result.Findings.Count > 0)
                {
                    CassetteStore.Replace(cassette, result.Cassette, cancellation);
                }
            }
            catch (CassetteException e)
            {
                output.Problem(e.Message);
            }
        }
    }
}
