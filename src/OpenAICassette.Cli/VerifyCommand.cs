using System.CommandLine;
using System.Text.Json;
using OpenAICassette.Reports;
using OpenAICassette.Text;

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
        var command = new Command("verify", "Find problems in cassettes.") { json, failOn, report };
        input.AddTo(command);
        return command.Runs(
            (parsed, output, cancellation) =>
            {
                var check = new HealthCheck();
                HealthSeverity? worst = null;
                var told = new List<ReportEntry>();
                var isInternal = false;
                var format = parsed.GetValue(report);
                foreach (
                    var load in CassetteInput.LoadEach(
                        input.Of(parsed),
                        (cassette, _) => HealthCheck.CheckAlone(cassette),
                        output,
                        cancellation
                    )
                )
                {
                    isInternal |= load.Load.Error is { Error: CassetteError.InternalError };
                    var findings = load.Load.Error is { } error
                        ? [HealthCheck.Of(error)]
                        : check.Add(load.Load.Cassette!, load.Result!);
                    foreach (var finding in findings)
                    {
                        var shown = finding with { Path = load.Path };
                        if (format is not null)
                        {
                            told.Add(ReportEntry.Of(shown)!);
                        }
                        else if (parsed.GetValue(json))
                        {
                            output.WriteLine(Json(shown));
                        }
                        else
                        {
                            output.Show(shown.ToString());
                        }

                        worst = worst is null || finding.Severity > worst ? finding.Severity : worst;
                    }
                }

                if (format is { } rendering)
                {
                    output.Write(CassetteReport.Render(told, rendering, Environment.CurrentDirectory));
                }

                return Task.FromResult(
                    isInternal ? ExitCode.InternalError : output.CodeWith(worst >= parsed.GetValue(failOn))
                );
            }
        );
    }

    private static string Json(HealthFinding finding) =>
        JsonLine.Write(writer =>
        {
            writer.WriteText("id", finding.Id);
            writer.WriteText("severity", finding.Severity.ToString().ToLowerInvariant());
            writer.WriteText("path", finding.Path);
            writer.WriteText("pointer", finding.Pointer);
            writer.WriteText("message", finding.Message);
            writer.WriteText("mend", finding.Mend);
            Write(writer, "index", finding.Index);
            Write(writer, "line", finding.Line);
            Write(writer, "offset", finding.Offset);
        });

    /// <summary>Writes a part of the place, if it is known.</summary>
    private static void Write(Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } known)
        {
            writer.WriteNumber(name, known);
        }
    }
}
