using System.Net.Security;
using System.Net.Sockets;

namespace OpenAICassette.Http;

/// <summary>
/// Decides what a server does as a proxy: which hosts it answers for, with which certificates, and how the others are
/// reached.
/// </summary>
internal interface IForwardProxy
{
    /// <summary>Gets the word that each request for the proxy must have; null if everyone may use it.</summary>
    ProxyToken? Token { get; }

    /// <summary>
    /// Gets whether requests for the server itself, as those of a client with a base URL, must have the token as the
    /// first segment of their path.
    /// </summary>
    bool IsPrivate { get; }

    /// <summary>Chooses what happens to the requests for a host.</summary>
    /// <param name="target">The host and port.</param>
    ProxyRoute Choose(HostPort target);

    /// <summary>Returns why a host is refused.</summary>
    /// <param name="target">The host and port.</param>
    string WhyRefused(HostPort target);

    /// <summary>Returns how the server speaks TLS in the place of a host.</summary>
    /// <param name="host">The host.</param>
    SslServerAuthenticationOptions TlsFor(string host);

    /// <summary>Connects to a host.</summary>
    /// <param name="target">The host and port.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="SocketException">The host cannot be reached.</exception>
    /// <exception cref="IOException">The host cannot be reached through the system's proxy.</exception>
    ValueTask<Socket> ConnectAsync(HostPort target, CancellationToken cancellation);

    /// <summary>Reports a connection that failed.</summary>
    /// <param name="target">The host and port.</param>
    /// <param name="problem">What happened.</param>
    void Report(HostPort target, string problem);
}
