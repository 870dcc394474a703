namespace OpenAICassette.Apis;

/// <summary>What a message of a WebSocket session says about the user's speech.</summary>
internal enum SpeechEventKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It carries some of the sound.</summary>
    Fragment,

    /// <summary>The sound so far is a message of its own.</summary>
    Ended,

    /// <summary>The sound so far does not count.</summary>
    Discarded,

    /// <summary>The service understood words.</summary>
    Words,
}

/// <summary>What a message of a WebSocket session says about the user's speech, whichever side sent it.</summary>
/// <param name="Kind">What it tells.</param>
internal readonly record struct SpeechEvent(SpeechEventKind Kind)
{
    /// <summary>Gets the sound in base64, or the words.</summary>
    public JsonValue Value { get; init; }

    /// <summary>Gets the media type of the sound; null if the settings of the session say it.</summary>
    public string? MediaType { get; init; }

    /// <summary>Gets the id of the message that the speech is; null if it has none.</summary>
    public string? Item { get; init; }

    /// <summary>Gets whether the words are all of the message, and not the next of them.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Returns some of the sound.</summary>
    public static SpeechEvent Fragment(JsonValue data, string? mediaType = null) =>
        new(SpeechEventKind.Fragment) { Value = data, MediaType = mediaType };
}
