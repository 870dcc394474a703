namespace OpenAICassette;

/// <summary>Specifies the kind of a content part.</summary>
public enum ContentPartKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>An image, by URL or in the message itself.</summary>
    Image,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>A file or document.</summary>
    File,

    /// <summary>Something else, shown as recorded.</summary>
    Json,
}
