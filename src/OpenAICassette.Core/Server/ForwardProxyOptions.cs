namespace OpenAICassette.Server;

/// <summary>Specifies what a server does as a forward proxy.</summary>
internal sealed record ForwardProxyOptions
{
    /// <summary>Gets the hosts that are captured in addition to those of the known APIs, as patterns with * and ?.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Gets whether every host is captured.</summary>
    public bool AllHosts { get; init; }

    /// <summary>Gets who signs the certificates of captured hosts.</summary>
    public required CertificateAuthority Authority { get; init; }

    /// <summary>
    /// Gets the function that receives each host that is not captured and each problem, when it is first seen.
    /// </summary>
    public Action<ProxiedHost>? Seen { get; init; }
}
