namespace OpenAICassette.Transcripts;

/// <summary>What an entry of a text transcript is.</summary>
internal enum TranscriptEntryKind
{
    /// <summary>What is said.</summary>
    Said,

    /// <summary>What is told beside it: reasoning, calls, images, which cassette, how it ended.</summary>
    Aside,

    /// <summary>An error.</summary>
    Error,
}
