using System.Net;
using OpenAICassette.Http;

namespace OpenAICassette.Server;

/// <summary>Thrown when a host that is not captured is on this machine or in a private network.</summary>
internal sealed class PrivateNetworkException(HostPort target, IPAddress address)
    : RefusedHostException(
        $"not captured, and {address} is not a public address. To reach such hosts, allow private networks; "
            + $"to record this one, specify the host {target.Host}."
    );
