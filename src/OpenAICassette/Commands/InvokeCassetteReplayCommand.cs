using System.Management.Automation;
using OpenAICassette.Hosting;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Commands;

/// <summary><c>Invoke-CassetteReplay</c>: returns recorded responses, event by event.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CassetteReplay", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ReplayEvent))]
public sealed class InvokeCassetteReplayCommand : PacedCommand
{
    private ReplayPace _pace = ReplayPace.None;

    /// <summary>
    /// The position of the interaction to replay in each cassette, from 0; without it, all are replayed.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Index { get; set; }

    /// <summary>
    /// Shows the answer as it was streamed, at the recorded speed unless <see cref="PacedCommand.Speed"/> is specified,
    /// and returns nothing.
    /// </summary>
    [Parameter]
    public SwitchParameter Show { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _pace = Pace(usualSpeed: Show ? 1 : null);

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
            // A replay that is stopped or fails must also end its line.
            Host.UI.Write(live.End());
        }
    }
}
