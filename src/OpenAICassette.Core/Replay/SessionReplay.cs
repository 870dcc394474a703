using System.Net.WebSockets;
using OpenAICassette.Matching;

namespace OpenAICassette.Replay;

/// <summary>
/// Plays a recorded WebSocket session: sends what the service sent, each time after the client has sent the messages
/// that came before it. If the client sends another message, a recorded session with that message is continued.
/// </summary>
/// <param name="socket">The client.</param>
/// <param name="match">The messages of the client.</param>
/// <param name="pace">When messages are due.</param>
/// <param name="cancellation">Ends the session.</param>
internal sealed class SessionReplay(
    WebSocket socket,
    SessionMatch match,
    ReplayPace pace,
    CancellationToken cancellation
)
{
    private int _index;
    private Frame _last;

    /// <summary>Gets the session that is followed.</summary>
    public required MatchEntry Entry { get; set; }

    /// <summary>
    /// Gets the function that returns other recorded sessions that could be followed, in the order of playing.
    /// </summary>
    public required Func<IEnumerable<MatchEntry>> Others { get; init; }

    /// <summary>
    /// Gets the session for the service to go on with after a miss; null if a recording has answered the client before.
    /// </summary>
    public BegunSession? Begun => match.Count == 1 ? new BegunSession(socket, _index, _last) : null;

    /// <summary>Plays to the end of the session, or until the client leaves.</summary>
    /// <returns>Why no recorded session answers the client's last message; null if one did.</returns>
    public async Task<string?> RunAsync()
    {
        var frames = SessionMatch.FramesOf(Entry.Interaction);
        while (true)
        {
            if (_index < frames.Count && frames[_index].Direction == FrameDirection.Received)
            {
                if (!await SendAsync(frames).ConfigureAwait(false))
                {
                    return null;
                }

                _index++;
                continue;
            }

            if (
                await SocketMessages.ReceiveAsync(socket, FrameDirection.Sent, cancellation).ConfigureAwait(false)
                is not { } message
            )
            {
                return null;
            }

            if (message.Kind == FrameKind.Close)
            {
                await SocketMessages.SendAsync(socket, message, cancellation).ConfigureAwait(false);
                return null;
            }

            _last = message;
            match.Add(message);
            Frame? recorded = _index < frames.Count ? frames[_index] : null;
            if (recorded is not { } expected || !match.IsLast(expected))
            {
                if (Others().FirstOrDefault(other => IsFollowed(other, frames)) is not { } other)
                {
                    return match.Explain(recorded);
                }

                Entry = other;
                frames = SessionMatch.FramesOf(other.Interaction);
            }

            _index++;
        }
    }

    private bool IsFollowed(MatchEntry other, IReadOnlyList<Frame> current) =>
        _index < current.Count && match.Follows(SessionMatch.FramesOf(other.Interaction), current, _index);

    /// <summary>Sends a message when it is due.</summary>
    /// <returns>False if the session has ended.</returns>
    private async ValueTask<bool> SendAsync(IReadOnlyList<Frame> frames)
    {
        var delay = DelayOf(frames);
        if (
            (delay > TimeSpan.Zero && !await Pacemaker.Shared.WaitAsync(delay, cancellation).ConfigureAwait(false))
            || !await SocketMessages.SendAsync(socket, frames[_index], cancellation).ConfigureAwait(false)
        )
        {
            return false;
        }

        if (frames[_index].Kind != FrameKind.Close)
        {
            return true;
        }

        await SocketMessages.DrainAsync(socket, cancellation).ConfigureAwait(false);
        return false;
    }

    private TimeSpan DelayOf(IReadOnlyList<Frame> frames)
    {
        var before = _index > 0 ? frames[_index - 1] : default;
        var isFirst = _index == 0 || before.Direction == FrameDirection.Sent;
        return isFirst && pace.TimeToFirstToken is { } first ? first
            : !isFirst && pace.TokensPerSecond is { } rate ? TimeSpan.FromSeconds(1 / rate)
            : pace.Speed is not { } speed ? TimeSpan.Zero
            : frames[_index].At is { } at ? (at - (before.At ?? TimeSpan.Zero)) / speed
            : isFirst ? ReplayPace.NominalTimeToFirstToken / speed
            : TimeSpan.FromSeconds(1 / (ReplayPace.NominalTokensPerSecond * speed));
    }
}
