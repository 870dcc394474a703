namespace OpenAICassette.Conversations;

/// <summary>Represents what one side said at one moment of a WebSocket session.</summary>
internal sealed class SessionEntry
{
    /// <summary>The role of a message that is an error of the service.</summary>
    public const string ErrorRole = "error";

    /// <summary>Gets when it began, from the opening of the connection; null if that was not recorded.</summary>
    public TimeSpan? At { get; init; }

    /// <summary>Gets the number of messages of the session that it came in.</summary>
    public int Events { get; init; } = 1;

    /// <summary>Gets what was said.</summary>
    public required Message Message { get; init; }

    /// <summary>Gets the answer; null for a message of the client.</summary>
    public Choice? Choice { get; init; }

    /// <summary>Gets the token counts of the answer; null if none were recorded.</summary>
    public Usage? Usage { get; init; }

    /// <summary>Gets why the answer failed; null if it did not.</summary>
    public RecordedError? Failure { get; init; }
}
