namespace OpenAICassette.Http;

/// <summary>Specifies what a connection waits for; each kind has its own timeout.</summary>
internal enum Wait
{
    /// <summary>Nothing with a timeout: the handler is running.</summary>
    None,

    /// <summary>The first byte of a request.</summary>
    Request,

    /// <summary>The rest of a request's head.</summary>
    Head,

    /// <summary>More bytes of a request's body.</summary>
    Body,

    /// <summary>Progress of a send.</summary>
    Send,

    /// <summary>The client closing its side.</summary>
    Close,
}
