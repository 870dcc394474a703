using OpenAICassette.Apis;

namespace OpenAICassette.Health;

/// <summary>Checks that a stream goes on to the end that its API marks, or to an error.</summary>
internal static class StreamEndCheck
{
    /// <summary>Returns the finding for a stream that stops before its end; null for another response.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <param name="pieces">The pieces of each frame.</param>
    /// <param name="place">Where the interaction is.</param>
    public static HealthFinding? Check(
        Interaction interaction,
        IReadOnlyList<IReadOnlyList<StreamPiece>> pieces,
        InteractionPlace place
    )
    {
        // A session goes on until one side closes it, whatever was said last.
        var response = interaction.Response;
        if (
            !response.IsStreaming
            || response.Error is not null
            || interaction.Method == ExchangeDraft.WebSocketMethod
        )
        {
            return null;
        }

        // The pieces are those of what the service sent; a session also holds what the client sent.
        string? expected = null;
        foreach (var (i, frame) in response.Frames.Where(frame => frame.Direction == FrameDirection.Received).Index())
        {
            if (
                frame.Data.Span.Trim(" \r\n"u8).SequenceEqual("[DONE]"u8)
                || pieces[i].Any(piece => piece.Kind == StreamPieceKind.Error)
            )
            {
                return null;
            }

            var type = frame.Json["type"].Text;
            if (ApiFamilies.Of(frame.Json, type, out _) is { } family)
            {
                var end = family.EndOf(frame.Json, type);
                if (end.IsReached)
                {
                    return null;
                }

                expected ??= end.Expected;
            }
        }

        return expected is null
            ? null
            : place.Of(HealthId.StreamEnd, HealthSeverity.Warning, $"the stream stops without {expected}");
    }
}
