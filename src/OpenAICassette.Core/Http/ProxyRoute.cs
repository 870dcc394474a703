namespace OpenAICassette.Http;

/// <summary>Specifies what a proxy does with the requests for a host.</summary>
internal enum ProxyRoute
{
    /// <summary>The server answers them in the host's place.</summary>
    Capture,

    /// <summary>They pass unread to the host.</summary>
    Tunnel,

    /// <summary>They are refused.</summary>
    Refuse,
}
