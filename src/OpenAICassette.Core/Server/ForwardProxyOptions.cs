using OpenAICassette.Http;

namespace OpenAICassette.Server;

/// <summary>Specifies what a server does as a forward proxy.</summary>
internal sealed record ForwardProxyOptions
{
    /// <summary>Gets the hosts that are captured in addition to those of the known APIs, as patterns with * and ?.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Gets whether every host is captured.</summary>
    public bool AllHosts { get; init; }

    /// <summary>
    /// Gets the word without which nobody can use the proxy; null to let every user of this machine use it.
    /// </summary>
    public ProxyToken? Token { get; init; }

    /// <summary>
    /// Gets whether requests for the server itself need the token, too: as the first segment of their path.
    /// </summary>
    public bool IsPrivate { get; init; }

    /// <summary>
    /// Gets whether hosts that are not captured may be on this machine or in a private network. Otherwise they are
    /// refused, so that an address in some text does not lead a program to what only this machine can reach.
    /// </summary>
    public bool AllowPrivateNetwork { get; init; }

    /// <summary>Gets who signs the certificates of captured hosts.</summary>
    public required CertificateAuthority Authority { get; init; }

    /// <summary>
    /// Gets the function that receives each host that is not captured and each problem, when it is first seen.
    /// </summary>
    public Action<ProxiedHost>? Seen { get; init; }
}
