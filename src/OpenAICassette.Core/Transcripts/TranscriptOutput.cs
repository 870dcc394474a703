namespace OpenAICassette;

/// <summary>Specifies the format of a rendered transcript.</summary>
public enum TranscriptOutput
{
    /// <summary>Plain text with a column for speakers and a column for their messages.</summary>
    Text,

    /// <summary>Markdown with a heading for each speaker and quoted messages.</summary>
    Markdown,

    /// <summary>A self-contained page for a browser.</summary>
    Html,

    /// <summary>One JSON object on one line with everything that was recorded.</summary>
    Json,

    /// <summary>One JSON object on one line with only the messages, for fine-tuning and evaluation tools.</summary>
    MessageJson,
}
