using System.Management.Automation;
using OpenAICassette.Hosting;
using OpenAICassette.Measures;

namespace OpenAICassette.Commands;

/// <summary><c>Measure-Cassette</c>: measures cassettes by model, endpoint, format or test.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Cassette", DefaultParameterSetName = PathSet)]
[OutputType(typeof(CassetteMeasure))]
public sealed class MeasureCassetteCommand : CassetteInputCommand
{
    private CassetteMeter? _meter;

    /// <summary>The criteria to group by.</summary>
    [Parameter]
    [Alias("By")]
    [ValidateNotNullOrEmpty]
    public MeasureGroup[] GroupBy { get; set; } = [MeasureGroup.Model];

    /// <summary>
    /// Prices for a million tokens by model, for example <c>@{ 'gpt-4o*' = @{ Prompt = 2.5; Completion = 10; Cached =
    /// 1.25 } }</c>, or the path of a price file; wildcards are allowed, and the longest match applies.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? Price { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _meter = new CassetteMeter(GroupBy, PriceParameter.Read(this, Price));

    /// <inheritdoc/>
    protected override void Process(Cassette cassette) => _meter!.Add(CassetteMeter.Read(cassette));

    /// <inheritdoc/>
    private protected override void ProcessPaths(IEnumerable<ResolvedPath> paths)
    {
        foreach (
            var (_, read) in CassetteLoader.Load(
                Reports,
                paths,
                Recurse,
                (cassette, _) => CassetteMeter.Read(cassette),
                StopToken
            )
        )
        {
            _meter!.Add(read);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var measure in _meter!.Measures)
        {
            var shown = PSObject.AsPSObject(measure);
            if (Price is not null)
            {
                // The view of measures with a price shows the cost.
                shown.TypeNames.Insert(0, $"{typeof(CassetteMeasure).FullName}#Cost");
            }

            WriteObject(shown);
        }
    }
}
