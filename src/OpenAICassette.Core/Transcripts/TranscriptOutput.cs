namespace OpenAICassette;

/// <summary>What a transcript is rendered as.</summary>
public enum TranscriptOutput
{
    /// <summary>Plain text: a column of speakers, a column of what they say.</summary>
    Text,

    /// <summary>Markdown: a heading for each speaker, what they say quoted.</summary>
    Markdown,

    /// <summary>One JSON object on one line.</summary>
    Json,
}
