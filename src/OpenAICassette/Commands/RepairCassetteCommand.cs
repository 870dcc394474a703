using System.Management.Automation;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Repair-Cassette</c>: repairs cassettes.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "Cassette", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(Cassette))]
public sealed class RepairCassetteCommand : CassetteInputCommand
{
    /// <summary>The ids of the findings to repair, from Test-Cassette; by default, all that can be repaired.</summary>
    [Parameter]
    [ValidateSet("NameNotKey", "KeyUnknown", "KeySuperseded", "ModelDigest", "ResponseId", "NotCanonical")]
    public string[]? Id { get; set; }

    /// <summary>Returns the repaired cassettes.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process(Cassette cassette)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        if (!cassette.Saved && cassette.Interactions.Count > 0)
        {
            WriteError(Errors.NoFile(cassette));
            return;
        }

        var repair = CassetteRepair.Plan(cassette, HealthCheck.CheckAlone(cassette), Id);
        if (repair.IsNeeded && !ShouldProcess(cassette.Path, repair.Description))
        {
            return;
        }

        var repaired = repair.IsNeeded ? repair.Apply(StopToken) : cassette;
        if (PassThru)
        {
            WriteObject(repaired);
        }
    }
}
