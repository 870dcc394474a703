namespace OpenAICassette.Http;

/// <summary>What a connection waits for, each with a time of its own.</summary>
internal enum Wait
{
    /// <summary>Nothing that the server limits: the handler is at work.</summary>
    None,

    /// <summary>The first byte of a request.</summary>
    Request,

    /// <summary>The rest of a request's head.</summary>
    Head,

    /// <summary>More of a request's body.</summary>
    Body,

    /// <summary>The client's taking what is sent.</summary>
    Send,

    /// <summary>The client's closing its side.</summary>
    Close,
}
