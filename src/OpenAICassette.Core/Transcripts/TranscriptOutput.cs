namespace OpenAICassette;

/// <summary>What a transcript is rendered as.</summary>
public enum TranscriptOutput
{
    /// <summary>Plain text: a column of speakers, a column of what they say.</summary>
    Text,

    /// <summary>Markdown: a heading for each speaker, what they say quoted.</summary>
    Markdown,

    /// <summary>A page for a browser that needs nothing else.</summary>
    Html,

    /// <summary>One JSON object on one line, with all that was recorded.</summary>
    Json,

    /// <summary>One JSON object on one line with the messages alone, as tools for fine-tuning and evaluation take them.</summary>
    MessageJson,
}
