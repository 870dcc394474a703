using System.Globalization;
using System.Net;

namespace OpenAICassette.Http;

/// <summary>Represents a host and port that a client of a proxy asks for.</summary>
/// <param name="Host">The host's name in lower case, or an address; an IPv6 address keeps its brackets.</param>
/// <param name="Port">The port.</param>
internal readonly record struct HostPort(string Host, int Port)
{
    /// <summary>Reads the target of a CONNECT request, <c>host:port</c> (RFC 9112, section 3.2.3).</summary>
    /// <param name="authority">The text, whose characters were validated.</param>
    public static HostPort Parse(string authority)
    {
        var colon = authority.LastIndexOf(':');
        return new HostPort(
            authority[..colon].ToLowerInvariant(),
            int.Parse(authority.AsSpan(colon + 1), CultureInfo.InvariantCulture)
        );
    }

    /// <summary>Returns the host and port of a service.</summary>
    public static HostPort Of(Uri service) => new(service.Host.ToLowerInvariant(), service.Port);

    /// <summary>Returns the service behind it.</summary>
    /// <param name="scheme">The scheme, http or https.</param>
    public Uri ToUri(string scheme) => new(string.Create(CultureInfo.InvariantCulture, $"{scheme}://{Host}:{Port}/"));

    /// <summary>Gets the address that the host is, in any spelling that a system resolves; null for a name.</summary>
    public IPAddress? Address => IPAddress.TryParse(Host.Trim('[', ']'), out var address) ? address : null;

    /// <summary>Returns the host and port as in a CONNECT request.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
