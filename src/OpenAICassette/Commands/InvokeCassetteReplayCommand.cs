using System.Management.Automation;
using OpenAICassette.Hosting;
using OpenAICassette.Replay;

namespace OpenAICassette.Commands;

/// <summary><c>Invoke-CassetteReplay</c>: gives recorded responses back, event by event.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CassetteReplay", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(ReplayEvent))]
public sealed class InvokeCassetteReplayCommand : CassetteInputCommand
{
    /// <summary>The cassettes to replay.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [ValidateNotNull]
    public Cassette[] InputObject { get; set; } = [];

    /// <summary>How many times as fast as recorded; without it there is no delay.</summary>
    [Parameter]
    [ValidateRange(double.Epsilon, double.MaxValue)]
    public double Speed { get; set; }

    /// <summary>How many events per second, whatever was recorded.</summary>
    [Parameter]
    [ValidateRange(double.Epsilon, double.MaxValue)]
    public double TokensPerSecond { get; set; }

    /// <summary>How long to wait before the first event, whatever was recorded; a plain number is milliseconds.</summary>
    [Parameter]
    [Milliseconds]
    public TimeSpan TimeToFirstToken { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var pace = new ReplayPace
        {
            Speed = IsBound(nameof(Speed)) ? Speed : null,
            TokensPerSecond = IsBound(nameof(TokensPerSecond)) ? TokensPerSecond : null,
            TimeToFirstToken = IsBound(nameof(TimeToFirstToken)) ? TimeToFirstToken : null,
        };
        ForEachInput(InputObject, cassette =>
        {
            foreach (var interaction in cassette.Interactions)
            {
                ForItem(interaction, () => Play(interaction, pace));
            }
        });
    }

    private void Play(Interaction interaction, ReplayPace pace)
    {
        foreach (var played in ReplayPlayer.PlayAsync(interaction, pace, StopToken).ToBlockingEnumerable(StopToken))
        {
            WriteObject(played);
        }
    }

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
