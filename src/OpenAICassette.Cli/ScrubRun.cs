using OpenAICassette.Reports;
using OpenAICassette.Scrubbing;

namespace OpenAICassette.Cli;

/// <summary>Scrubs the files of a command line and shows the results.</summary>
internal sealed class ScrubRun(CorpusScrub scrub, ScrubOptions options, Output output)
{
    private readonly List<ReportEntry> _entries = [];
    private readonly SortedSet<string> _rules = new(StringComparer.Ordinal);

    /// <summary>The format of the report; null to show findings line by line.</summary>
    public ReportFormat? Report { get; init; }

    /// <summary>The baseline, whose secrets are not shown.</summary>
    public required BaselineRun Baseline { get; init; }

    /// <summary>Returns whether there was a finding.</summary>
    /// <param name="inputs">The files and folders.</param>
    /// <param name="cancellation">Stops the run.</param>
    public bool Run(InputPaths inputs, CancellationToken cancellation)
    {
        var isFound = false;
        foreach (
            var (load, path, result) in CassetteInput.LoadEach(
                inputs,
                (files, _) => scrub.Run(files, cancellation),
                cassette => scrub.Scrub(cassette, cancellation),
                output,
                cancellation,
                anyText: true
            )
        )
        {
            if (result is not null)
            {
                var shown = result with
                {
                    Findings = [.. result.Findings.Where(finding => Baseline.IsNew(finding, load.File.Path))],
                };
                isFound |= shown.Findings.Count > 0;
                output.Try(path, () => Show(shown, path, cancellation));
                if (result.Error is null)
                {
                    Baseline.Checked(load.File.Path);
                }
            }

            if ((load.Error ?? result?.Error) is { } error)
            {
                output.Problem(error);
            }
        }

        if (Report is { } format)
        {
            output.Write(CassetteReport.Render(_entries, format, Environment.CurrentDirectory));
        }

        return isFound;
    }

    private void Show(ScrubResult result, string path, CancellationToken cancellation)
    {
        if (options is { IsDryRun: false, InPlace: false, Destination: null })
        {
            if (result.Error is null)
            {
                output.Write(result.Clean.Read(cancellation));
            }

            return;
        }

        foreach (var finding in result.Findings)
        {
            Show(finding with { Path = path });
        }

        if (result is { Saved: not null, LosesKey: true } && !options.UpdateKey)
        {
            output.Note(
                $"{path}: the request changed, so the file is no longer named by its key. "
                    + "Use --update-key to rename it."
            );
        }
    }

    private void Show(Finding finding)
    {
        if (Report is null)
        {
            output.Show(finding.ToString());
            if (options.IsDryRun && !Baseline.IsUpdate && _rules.Add(finding.Rule))
            {
                output.Note($"{finding.Rule}: {finding.Remedy}");
            }
        }
        else
        {
            _entries.Add(ReportEntry.Of(finding)!);
        }
    }
}
