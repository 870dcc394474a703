using System.Management.Automation;
using OpenAICassette.Comparison;
using OpenAICassette.Hosting;
using OpenAICassette.Reports;

namespace OpenAICassette.Commands;

/// <summary>
/// <c>ConvertTo-CassetteReport</c>: renders findings and comparisons for build servers, code scanning and pull
/// requests.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "CassetteReport")]
[OutputType(typeof(string))]
public sealed class ConvertToCassetteReportCommand : CassetteCmdlet
{
    private readonly List<ReportEntry> _entries = [];
    private readonly List<CassetteComparison> _comparisons = [];
    private int _others;

    /// <summary>
    /// Findings of <c>Find-CassetteSecret</c> and <c>Test-Cassette</c>, or comparisons of <c>Compare-Cassette</c>; may
    /// be empty.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public object[] InputObject { get; set; } = [];

    /// <summary>The consumer of the report.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ReportFormat As { get; set; }

    /// <summary>
    /// Ends with a terminating error, after the report, if there is a finding of this severity or above.
    /// </summary>
    [Parameter]
    public HealthSeverity FailOn { get; set; } = HealthSeverity.Error;

    /// <summary>The address of the whole report, which Markdown with comparisons links to.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Link { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var input in InputObject)
        {
            var bare = input is PSObject wrapped ? wrapped.BaseObject : input;
            if (As is ReportFormat.Markdown or ReportFormat.Html && bare is CassetteComparison comparison)
            {
                _comparisons.Add(comparison);
            }
            else if (FindingOfJob.Entry(input) is { } entry)
            {
                _entries.Add(entry);
            }
            else
            {
                _others++;
                WriteError(FindingErrors.FindingNotSupported(input));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_comparisons.Count > 0)
        {
            WriteObject(
                As == ReportFormat.Html
                    ? ComparisonHtml.Render(_comparisons)
                    : ComparisonMarkdown.Render(_comparisons, Link?.OriginalString)
            );
        }

        // A report must not claim that unknown input has no findings.
        if (_entries.Count > 0 || (_comparisons.Count == 0 && _others == 0))
        {
            WriteObject(CassetteReport.Render(_entries, As, SessionState.Path.CurrentFileSystemLocation.ProviderPath));
        }

        var failures = _entries.Count(entry => SeverityOf(entry) >= FailOn);
        if (IsBound(nameof(FailOn)) && failures + _others > 0)
        {
            Fail(FindingErrors.Reported(failures, FailOn, _others));
        }
    }

    private static HealthSeverity SeverityOf(ReportEntry entry) =>
        entry.Level switch
        {
            ReportLevel.Error => HealthSeverity.Error,
            ReportLevel.Warning => HealthSeverity.Warning,
            _ => HealthSeverity.Information,
        };
}
