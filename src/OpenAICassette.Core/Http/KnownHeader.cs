namespace OpenAICassette.Http;

/// <summary>Specifies the header fields that the server itself understands.</summary>
internal enum KnownHeader : byte
{
    /// <summary>Any other field.</summary>
    None,

    /// <summary>The host.</summary>
    Host,

    /// <summary>The length of the body in bytes.</summary>
    ContentLength,

    /// <summary>The framing of the body.</summary>
    TransferEncoding,

    /// <summary>The compression of the body.</summary>
    ContentEncoding,

    /// <summary>Whether the connection stays open.</summary>
    Connection,

    /// <summary>Whether the client waits before it sends the body.</summary>
    Expect,

    /// <summary>What shows that the client may use the server as a proxy.</summary>
    ProxyAuthorization,

    /// <summary>
    /// A field of the framing with an underscore for its hyphen, which some services take for the field itself.
    /// </summary>
    Ambiguous,
}
