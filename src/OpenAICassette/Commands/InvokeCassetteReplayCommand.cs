using System.Management.Automation;
using OpenAICassette.Hosting;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Commands;

/// <summary><c>Invoke-CassetteReplay</c>: gives recorded responses back, event by event.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CassetteReplay", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ReplayEvent))]
public sealed class InvokeCassetteReplayCommand : CassetteInputCommand
{
    private ReplayPace _pace = ReplayPace.None;

    /// <summary>
    /// The position of the interaction to replay in each cassette, from 0; without it all are replayed.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Index { get; set; }

    /// <summary>How many times as fast as recorded; without it there is no delay.</summary>
    [Parameter]
    [ValidateRange(double.Epsilon, double.MaxValue)]
    public double Speed { get; set; }

    /// <summary>How many events per second, whatever was recorded.</summary>
    [Parameter]
    [ValidateRange(double.Epsilon, double.MaxValue)]
    public double TokensPerSecond { get; set; }

    /// <summary>
    /// How long to wait before the first event, whatever was recorded; a plain number is milliseconds.
    /// </summary>
    [Parameter]
    [Milliseconds]
    public TimeSpan TimeToFirstToken { get; set; }

    /// <summary>
    /// Types the answer into the host as it was streamed, at the recorded speed unless another is given, and gives
    /// nothing.
    /// </summary>
    [Parameter]
    public SwitchParameter Show { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        _pace = new ReplayPace
        {
            Speed =
                IsBound(nameof(Speed)) ? Speed
                : Show ? 1
                : null,
            TokensPerSecond = IsBound(nameof(TokensPerSecond)) ? TokensPerSecond : null,
            TimeToFirstToken = IsBound(nameof(TimeToFirstToken)) ? TimeToFirstToken : null,
        };

    /// <inheritdoc/>
    protected override void Process(Cassette cassette)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        foreach (var interaction in IsBound(nameof(Index)) ? [cassette.InteractionAt(Index)] : cassette.Interactions)
        {
            ForItem(interaction, () => Play(interaction));
        }
    }

    /// <inheritdoc/>
    protected override bool TryProcess(object input)
    {
        if (input is Interaction interaction)
        {
            Play(interaction);
        }

        return input is Interaction;
    }

    private void Play(Interaction interaction)
    {
        if (Show)
        {
            Type(interaction);
            return;
        }

        foreach (var played in ReplayPlayer.PlayAsync(interaction, _pace, StopToken).ToBlockingEnumerable(StopToken))
        {
            WriteObject(played);
        }
    }

    private void Type(Interaction interaction)
    {
        var live = new LiveTranscript();
        try
        {
            foreach (
                var played in ReplayPlayer.PlayAsync(interaction, _pace, StopToken).ToBlockingEnumerable(StopToken)
            )
            {
                Host.UI.Write(live.Add(played.Pieces));
            }
        }
        finally
        {
            // What was typed ends its line also when it was stopped, or ended in an error.
            Host.UI.Write(live.End());
        }
    }
}
