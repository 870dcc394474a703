namespace OpenAICassette;

/// <summary>Represents the ids of all findings.</summary>
public static class HealthId
{
    /// <summary>The file cannot be read as a cassette.</summary>
    public const string Unreadable = "Unreadable";

    /// <summary>An error in this program while it looked at the file.</summary>
    public const string InternalError = "InternalError";

    /// <summary>The file is not named as recordings are.</summary>
    public const string NameNotKey = "NameNotKey";

    /// <summary>No algorithm reproduces the file's name.</summary>
    public const string KeyUnknown = "KeyUnknown";

    /// <summary>Only superseded algorithms reproduce the file's name.</summary>
    public const string KeySuperseded = "KeySuperseded";

    /// <summary>The digest in the name is not that of the listed models.</summary>
    public const string ModelDigest = "ModelDigest";

    /// <summary>The response's id disagrees with the file's name.</summary>
    public const string ResponseId = "ResponseId";

    /// <summary>The file is not in the directory that its test's id implies.</summary>
    public const string Directory = "Directory";

    /// <summary>Another file of the set has the same name, and only one of them can be found.</summary>
    public const string DuplicateName = "DuplicateName";

    /// <summary>Another file of the set holds the same bytes.</summary>
    public const string DuplicateContent = "DuplicateContent";

    /// <summary>A stream ends without saying why.</summary>
    public const string FinishReasonMissing = "FinishReasonMissing";

    /// <summary>A stream says more than once why it ends.</summary>
    public const string FinishReasonRepeated = "FinishReasonRepeated";

    /// <summary>The arguments of a tool call are not JSON once they are put together.</summary>
    public const string ToolArguments = "ToolArguments";

    /// <summary>A stream stops before the event that the API ends its streams with.</summary>
    public const string StreamEnd = "StreamEnd";

    /// <summary>
    /// The status says one thing and the body another: an error under 200, an answer under 400 or above.
    /// </summary>
    public const string StatusBody = "StatusBody";

    /// <summary>No body was recorded of a model's answer, or of the error in its place.</summary>
    public const string BodyMissing = "BodyMissing";

    /// <summary>A body is not what its header fields say: not JSON, or compressed data that is broken.</summary>
    public const string BodyBroken = "BodyBroken";

    /// <summary>A body is not as long as its Content-Length says.</summary>
    public const string ContentLength = "ContentLength";

    /// <summary>The file contains secrets.</summary>
    public const string Secrets = "Secrets";

    /// <summary>The token counts do not add up.</summary>
    public const string UsageTotal = "UsageTotal";

    /// <summary>The request asks for a stream and the response is none, or the other way round.</summary>
    public const string Streaming = "Streaming";

    /// <summary>The recording has a member that its recorder never wrote.</summary>
    public const string UnknownMember = "UnknownMember";

    /// <summary>A typed object has a type that its recorder never wrote.</summary>
    public const string UnknownType = "UnknownType";

    /// <summary>The text is not laid out as the recorder lays it out.</summary>
    public const string NotCanonical = "NotCanonical";

    /// <summary>No server of this process has played the recording.</summary>
    public const string Unused = "Unused";
}
