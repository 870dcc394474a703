using OpenAICassette.Health;
using OpenAICassette.Reports;

namespace OpenAICassette.Cli;

/// <summary>Checks the files of a command line and shows the findings.</summary>
/// <param name="baseline">The baseline of the run.</param>
/// <param name="output">Receives the findings.</param>
internal sealed class VerifyRun(BaselineRun baseline, Output output)
{
    private readonly List<ReportEntry> _entries = [];

    /// <summary>The findings to report.</summary>
    public HealthSelection Selection { get; init; } = new();

    /// <summary>The format of the report; null to show findings line by line.</summary>
    public ReportFormat? Report { get; init; }

    /// <summary>Whether a line is a JSON object.</summary>
    public bool AsJson { get; init; }

    /// <summary>The highest severity of a new finding; null without one.</summary>
    public HealthSeverity? Worst { get; private set; }

    /// <summary>Whether an internal error occurred.</summary>
    public bool IsInternal { get; private set; }

    /// <summary>Checks files, and updates the baseline.</summary>
    /// <param name="inputs">The files and folders.</param>
    /// <param name="cancellation">Stops the run.</param>
    public void Run(InputPaths inputs, CancellationToken cancellation)
    {
        var check = new HealthCheck();
        foreach (
            var (load, path, alone) in CassetteInput.LoadEach(
                inputs,
                (cassette, _) => HealthCheck.CheckAlone(cassette),
                output,
                cancellation
            )
        )
        {
            IsInternal |= load.Error is { Error: CassetteError.InternalError };
            var isRead = load.Error is null;
            var findings = isRead ? check.Add(load.Cassette!, alone!) : [HealthCheck.Of(load.Error!)];
            foreach (var finding in findings.Where(finding => Selection.Includes(finding.Id)))
            {
                if (baseline.IsNew(finding, load.File.Path))
                {
                    Show(finding with { Path = path });
                }
            }

            if (isRead)
            {
                baseline.Checked(load.File.Path);
            }
        }

        if (Report is { } format)
        {
            output.Write(CassetteReport.Render(_entries, format, Environment.CurrentDirectory));
        }

        baseline.End(output, Selection.Includes, cancellation);
    }

    private void Show(HealthFinding finding)
    {
        Worst = Worst is null || finding.Severity > Worst ? finding.Severity : Worst;
        if (Report is not null)
        {
            _entries.Add(ReportEntry.Of(finding)!);
        }
        else if (AsJson)
        {
            output.WriteLine(FindingLine.Of(finding));
        }
        else
        {
            output.Show(finding.ToString());
        }
    }
}
