using System.Management.Automation;
using OpenAICassette.Hosting;
using OpenAICassette.Reports;

namespace OpenAICassette.Commands;

/// <summary><c>ConvertTo-CassetteReport</c>: renders findings for build servers, code scanning and pull requests.</summary>
[Cmdlet(VerbsData.ConvertTo, "CassetteReport")]
[OutputType(typeof(string))]
public sealed class ConvertToCassetteReportCommand : CassetteCmdlet
{
    private readonly List<ReportEntry> _entries = [];

    /// <summary>Findings of <c>Find-CassetteSecret</c> and <c>Test-Cassette</c>; none is fine too.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public object[] InputObject { get; set; } = [];

    /// <summary>Whom the report is for.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ReportFormat As { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var input in InputObject)
        {
            if (ReportEntry.Of(input is PSObject wrapped ? wrapped.BaseObject : input) is { } entry)
            {
                _entries.Add(entry);
            }
            else
            {
                WriteError(Errors.FindingNotSupported(input));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
        => WriteObject(CassetteReport.Render(_entries, As, SessionState.Path.CurrentFileSystemLocation.ProviderPath));
}
