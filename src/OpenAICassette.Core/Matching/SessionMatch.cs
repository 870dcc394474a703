using System.Globalization;
using OpenAICassette.Apis;

namespace OpenAICassette.Matching;

/// <summary>Compares the messages that a client sends in a WebSocket session with those of recorded sessions.</summary>
/// <param name="options">The options for matching.</param>
/// <param name="operation">The operation of the session.</param>
/// <param name="scrub">Removes the secrets from a message.</param>
internal sealed class SessionMatch(
    MatchOptions options,
    ApiOperation operation,
    Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub
)
{
    private readonly MemberPatterns _ignored = options.Strict ? MemberPatterns.None : options.IgnoredInMessages;
    private readonly List<Frame> _received = [];

    /// <summary>Gets the number of messages that the client has sent.</summary>
    public int Count => _received.Count;

    /// <summary>Returns the frames of a recorded session that are replayed: its messages and its end.</summary>
    public static IReadOnlyList<Frame> FramesOf(Interaction interaction) =>
        [.. interaction.Response.Frames.Where(frame => frame.Kind != FrameKind.Control)];

    /// <summary>Adds a message of the client.</summary>
    public void Add(Frame message) => _received.Add(Scrubbed(message));

    /// <summary>Returns whether the client's last message is a recorded one.</summary>
    /// <param name="recorded">The recorded message.</param>
    public bool IsLast(Frame recorded) => IsSame(recorded, _received[^1]);

    /// <summary>
    /// Returns whether a session could be the one that the client repeats: as many messages were exchanged in the same
    /// order, and those of the client are the same.
    /// </summary>
    /// <param name="session">The frames of the session.</param>
    /// <param name="current">The frames of the session that was followed up to now.</param>
    /// <param name="index">The position of the client's last message in both.</param>
    public bool Follows(IReadOnlyList<Frame> session, IReadOnlyList<Frame> current, int index)
    {
        var sent = 0;
        for (var at = 0; at <= index; at++)
        {
            if (at >= session.Count || session[at].Direction != current[at].Direction)
            {
                return false;
            }

            if (session[at].Direction == FrameDirection.Sent && !IsSame(session[at], _received[sent++]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Explains in which way the client's last message differs from a recorded one.</summary>
    /// <param name="recorded">The recorded message; null if the recording has no more.</param>
    public string Explain(Frame? recorded)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"message {Count} of the client");
        var got = _received[^1];
        if (recorded is not { Kind: not FrameKind.Close } before)
        {
            return $"{place}: the recording has no more messages; got {Show(got)}";
        }

        var differences =
            before.Json.Exists && got.Json.Exists
                ? RequestComparison.Of(
                    Members(before.Json),
                    Members(got.Json),
                    _ignored,
                    new ComparisonBudget(1_000_000)
                )
                : null;
        return differences?.Shown.Count > 0
            ? $"{place}: {differences.Shown[0].Message}"
            : $"{place}: recorded {Show(before)}, got {Show(got)}";
    }

    private bool IsSame(Frame recorded, Frame received) =>
        recorded.Kind == received.Kind
        && (
            recorded.Json.Exists && received.Json.Exists
                ? Hash(Scrubbed(recorded).Json) == Hash(received.Json)
                : Scrubbed(recorded).Data.Span.SequenceEqual(received.Data.Span)
        );

    private UInt128 Hash(JsonValue message) =>
        options.Strict ? ValueHash.Exact(Members(message)) : ValueHash.Loose(Members(message), _ignored);

    private RequestBody Members(JsonValue message) => new(message, operation);

    private Frame Scrubbed(Frame message) =>
        message.Kind != FrameKind.TextMessage ? message
        : scrub(message.Data) is var clean && clean.Equals(message.Data) ? message
        : Frame.FromMessage(message.Kind, message.Direction, clean, message.At);

    private static string Show(Frame frame) =>
        frame.Kind == FrameKind.Close ? "the end of the session"
        : frame.Json.Exists ? DifferenceText.Show(frame.Json)
        : string.Create(CultureInfo.InvariantCulture, $"{frame.Data.Length} bytes");
}
