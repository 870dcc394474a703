namespace OpenAICassette;

/// <summary>Specifies the kind of a piece of a response.</summary>
public enum StreamPieceKind
{
    /// <summary>Who speaks.</summary>
    Role,

    /// <summary>Some of the text that is said.</summary>
    Text,

    /// <summary>Some of the text that the model thought before it spoke.</summary>
    Reasoning,

    /// <summary>Some of the text with which the model refuses.</summary>
    Refusal,

    /// <summary>The id of a tool call.</summary>
    ToolCallId,

    /// <summary>The name of the tool that is called.</summary>
    ToolName,

    /// <summary>Some of the text of a tool call's arguments, or all of them as a JSON object.</summary>
    ToolArguments,

    /// <summary>A content part that is no text: an image, audio, or something unknown.</summary>
    Part,

    /// <summary>Why the model stopped.</summary>
    FinishReason,

    /// <summary>The token counts.</summary>
    Usage,

    /// <summary>The model that answered.</summary>
    Model,

    /// <summary>An error that ended the stream.</summary>
    Error,

    /// <summary>Why the model stopped, more exactly: what was incomplete about an incomplete response.</summary>
    FinishDetail,

    /// <summary>Some of the sound of the answer, in base64.</summary>
    Audio,
}
