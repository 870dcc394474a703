using System.Net;

namespace OpenAICassette;

/// <summary>Where a server listens and how it answers.</summary>
public sealed record CassetteServerOptions
{
    /// <summary>The address to listen on; without one only this machine can connect.</summary>
    public IPAddress ListenAddress { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The origin whose web pages may ask, or * for all; null for none.</summary>
    public string? AllowOrigin { get; init; }

    /// <summary>How requests are answered.</summary>
    public ReplayOptions Replay { get; init; } = new();

    /// <summary>Is told of each request as soon as its answer is known, on the thread that answers; null for nobody.</summary>
    public Action<ReceivedRequest>? Answering { get; init; }

    /// <summary>How long streams may take to end when the server is stopped.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(2);
}
