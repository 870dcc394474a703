using System.Net;

namespace OpenAICassette.Http;

/// <summary>Specifies where a server listens, and its limits.</summary>
internal sealed record HttpServerOptions
{
    /// <summary>Gets the address to listen on. On a loopback address, requests for other hosts are refused.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Gets the port to listen on; 0 for any free port.</summary>
    public int Port { get; init; }

    /// <summary>Gets the maximum length of the request line and header section together, in bytes.</summary>
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>Gets the maximum length of a request body in bytes, as sent and as decoded.</summary>
    public long MaxBodyBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Gets the maximum length of a request body that is neither JSON nor compressed, in bytes; a large one goes to a
    /// temporary file. 0 to keep all bodies in memory.
    /// </summary>
    public int MaxFileBodyBytes { get; init; }

    /// <summary>Gets the limit in bytes for all bodies in temporary files together.</summary>
    public long MaxFilesInFlight { get; init; } = 4L << 30;

    /// <summary>
    /// Gets the limit in bytes for the bodies of all connections in memory together: of requests, as sent and as decoded, and of
    /// answers that are recorded.
    /// </summary>
    public long MaxBodiesInFlight { get; init; } = 256 * 1024 * 1024;

    /// <summary>Gets the timeout of a request's head, from its first byte to its last.</summary>
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the time without progress after which a body times out, in a request or an answer.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets the minimum average speed of a request's body after <see cref="BodyTimeout"/>, in bytes per second. A
    /// slower body could hold its connection for ever.
    /// </summary>
    public int MinBodyBytesPerSecond { get; init; } = 1024;

    /// <summary>Gets how long a connection may wait for its next request.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets the maximum number of connections; further ones receive status 503.</summary>
    public int MaxConnections { get; init; } = 4096;

    /// <summary>Gets what the server does as a proxy; null if it is none.</summary>
    public IForwardProxy? Proxy { get; init; }

    /// <summary>Gets the origin whose scripts may read the answers, or <c>*</c> for all; null for none.</summary>
    public string? AllowOrigin { get; init; }
}
