using System.Net;

namespace OpenAICassette.Http;

/// <summary>Where a server listens, and what it takes from its clients at most.</summary>
internal sealed record HttpServerOptions
{
    /// <summary>The address to listen on. On a loopback address, a request for another host is refused.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port to listen on; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The longest request line and header section together, in bytes.</summary>
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>The longest request body in bytes, as sent and as decoded.</summary>
    public long MaxBodyBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// How many bytes of bodies all connections together may hold: of requests, as sent and as decoded, and of answers
    /// that are recorded.
    /// </summary>
    public long MaxBodiesInFlight { get; init; } = 256 * 1024 * 1024;

    /// <summary>How long a request's head may take from its first byte to its last.</summary>
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a body may stand still on its way, a request's or an answer's.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How fast a request's body must come after <see cref="BodyTimeout"/>, in bytes per second and on average: one
    /// that trickles would hold its connection for ever.
    /// </summary>
    public int MinBodyBytesPerSecond { get; init; } = 1024;

    /// <summary>How long a connection may wait for its next request.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How many connections are served at once; one more gets 503.</summary>
    public int MaxConnections { get; init; } = 4096;

    /// <summary>The origin whose scripts may read the answers, or <c>*</c> for all; null for none.</summary>
    public string? AllowOrigin { get; init; }
}
