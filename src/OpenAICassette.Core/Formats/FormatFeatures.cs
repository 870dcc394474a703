namespace OpenAICassette;

/// <summary>Specifies what a format of cassettes can hold. What it cannot hold is lost when a cassette is converted.</summary>
[Flags]
public enum FormatFeatures
{
    /// <summary>Nothing but requests and responses with text bodies.</summary>
    None = 0,

    /// <summary>The HTTP status.</summary>
    Status = 1,

    /// <summary>The header fields of requests.</summary>
    RequestHeaders = 2,

    /// <summary>The header fields of responses.</summary>
    ResponseHeaders = 4,

    /// <summary>Several header fields with one name.</summary>
    RepeatedHeaders = 8,

    /// <summary>Any number of interactions in one file.</summary>
    ManyInteractions = 16,

    /// <summary>Bodies that are not text.</summary>
    BinaryBodies = 32,

    /// <summary>The bytes of a JSON body as they were sent, and not only its values.</summary>
    ExactBodies = 64,

    /// <summary>When a request was sent.</summary>
    StartTime = 128,

    /// <summary>How long an exchange took.</summary>
    Duration = 256,

    /// <summary>When each frame of a stream arrived.</summary>
    FrameTimes = 512,

    /// <summary>The host that was asked.</summary>
    Host = 1024,

    /// <summary>The request, and not only the response.</summary>
    Requests = 2048,

    /// <summary>The id of the test that sent a request.</summary>
    TestIds = 4096,

    /// <summary>How a connection failed before the response ended.</summary>
    Failures = 8192,

    /// <summary>The messages of WebSocket sessions.</summary>
    WebSockets = 16384,

    /// <summary>Which tool a tool runtime called, without HTTP.</summary>
    ToolRuns = 32768,
}
