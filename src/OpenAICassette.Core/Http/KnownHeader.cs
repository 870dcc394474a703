namespace OpenAICassette.Http;

/// <summary>The header fields that the server itself understands.</summary>
internal enum KnownHeader : byte
{
    /// <summary>Any other.</summary>
    None,

    /// <summary>What the request is for.</summary>
    Host,

    /// <summary>The body's length in bytes.</summary>
    ContentLength,

    /// <summary>How the body is framed.</summary>
    TransferEncoding,

    /// <summary>How the body is compressed.</summary>
    ContentEncoding,

    /// <summary>Whether the connection goes on.</summary>
    Connection,

    /// <summary>Whether the client waits before it sends the body.</summary>
    Expect,
}
