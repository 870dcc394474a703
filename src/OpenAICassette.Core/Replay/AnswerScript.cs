using OpenAICassette.Cassettes;

namespace OpenAICassette.Replay;

/// <summary>Creates the steps of an answer: its frames when they are due, changed by a fault.</summary>
internal static class AnswerScript
{
    /// <summary>Returns the steps.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="pace">When frames are due.</param>
    /// <param name="fault">
    /// The fault; null for none. A fault after more events than there are happens at the last one.
    /// </param>
    public static IEnumerable<AnswerStep> Of(WireAnswer answer, ReplayPace pace, Fault? fault)
    {
        var slow = fault?.FirstByteDelay ?? TimeSpan.Zero;
        var at =
            fault is null || fault.Kind is FaultKind.Status or FaultKind.SlowFirstByte
                ? -1
                : (int)Math.Clamp(fault.Value, 0, Math.Max(0, answer.Frames.Count - 1));

        foreach (var piece in BodyPieces.Of(answer.OpenBody))
        {
            yield return new AnswerStep(AnswerAction.Send, slow + (pace.TimeToFirstToken ?? TimeSpan.Zero), piece);
        }

        // An answer without a body can still be cut off.
        for (var i = 0; i < Math.Max(answer.Frames.Count, at + 1); i++)
        {
            var due = slow + (answer.IsStream ? pace.Due(i, answer.Offsets) : pace.TimeToFirstToken ?? TimeSpan.Zero);
            var frame = i < answer.Frames.Count ? answer.Frames[i] : default;
            if (i != at)
            {
                yield return new AnswerStep(AnswerAction.Send, due, frame);
                continue;
            }

            switch (fault!.Kind)
            {
                case FaultKind.Disconnect:
                    yield return new AnswerStep(AnswerAction.Disconnect, due);
                    yield break;
                case FaultKind.Stall:
                    yield return new AnswerStep(AnswerAction.Stall, due);
                    yield break;
                case FaultKind.TruncatedEvent:
                    yield return new AnswerStep(AnswerAction.Send, due, frame[..(frame.Length / 2)]);
                    yield break;
                case FaultKind.BrokenChunk:
                    yield return new AnswerStep(AnswerAction.SendRaw, due, "broken\r\n"u8.ToArray());
                    yield break;
                default:
                    yield return new AnswerStep(AnswerAction.Send, due, Malformed(frame.Span));
                    break;
            }
        }

        if (answer.Cut is { } cut)
        {
            var last = answer.IsStream ? pace.Due(answer.Frames.Count, answer.Offsets) : TimeSpan.Zero;
            var action = cut == ConnectionCut.Reset ? AnswerAction.Reset : AnswerAction.Disconnect;
            yield return new AnswerStep(action, slow + last);
        }
    }

    /// <summary>Returns whether an answer can be sent at once and as a whole.</summary>
    public static bool IsPlain(WireAnswer answer, ReplayPace pace, Fault? fault) =>
        (fault is null || fault.Kind == FaultKind.Status)
        && answer is { Cut: null, OpenBody: null, Trailers.Count: 0 }
        && (pace.IsNone || (!answer.IsStream && pace.TimeToFirstToken is null) || answer.Frames.Count == 0);

    /// <summary>Returns a frame whose JSON lacks its last bracket.</summary>
    private static byte[] Malformed(ReadOnlySpan<byte> frame)
    {
        var last = frame.LastIndexOfAny((byte)'}', (byte)']');
        return last < 0 ? frame.ToArray() : [.. frame[..last], .. frame[(last + 1)..]];
    }
}

/// <summary>Represents one step of an answer.</summary>
/// <param name="Action">The action.</param>
/// <param name="Due">The time from the start of the answer.</param>
/// <param name="Bytes">The bytes to send.</param>
internal readonly record struct AnswerStep(AnswerAction Action, TimeSpan Due, ReadOnlyMemory<byte> Bytes = default);
