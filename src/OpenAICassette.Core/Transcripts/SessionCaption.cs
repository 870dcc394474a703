using System.Globalization;

namespace OpenAICassette.Transcripts;

/// <summary>Formats what the messages of a WebSocket session say of a turn beside its content.</summary>
internal static class SessionCaption
{
    /// <summary>Returns when the turn began, for example +1.25 s; null if that was not recorded.</summary>
    public static string? TimeOf(Turn turn) =>
        turn.Entry?.At is { } at ? string.Create(CultureInfo.InvariantCulture, $"+{at.TotalSeconds:0.00} s") : null;

    /// <summary>
    /// Returns the rest, for example: 12 events · completed · 5 + 2 tokens; empty for a turn that is one message.
    /// </summary>
    public static string Of(Turn turn) =>
        turn.Entry is not { } entry
            ? string.Empty
            : string.Join(
                " · ",
                new[]
                {
                    entry.Events > 1 ? TranscriptRenderer.Count(entry.Events, "event") : null,
                    entry.Choice?.FinishReason,
                    entry.Usage?.ToString(),
                    entry.Failure?.ToString(),
                }.Where(part => !string.IsNullOrEmpty(part))
            );

    /// <summary>Returns the time and the rest on one line; empty if there is nothing.</summary>
    public static string LineOf(Turn turn) =>
        string.Join(" · ", new[] { TimeOf(turn), Of(turn) }.Where(part => !string.IsNullOrEmpty(part)));
}
