using System.Net;
using System.Net.Sockets;

namespace OpenAICassette.Server;

/// <summary>
/// Recognizes addresses that are not on the public Internet (RFC 6890): this machine, private networks, links, and the
/// services of clouds that give metadata and credentials to whoever asks from inside.
/// </summary>
internal static class PrivateAddress
{
    private static readonly IPNetwork[] s_networks =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/128",
            "::1/128",
            "64:ff9b:1::/48",
            "100::/64",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Networks whose addresses hold an IPv4 address, and the byte at which it begins.</summary>
    private static readonly (IPNetwork Network, int At)[] s_embedding =
    [
        (IPNetwork.Parse("::/96"), 12),
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    /// <summary>Returns whether an address is not public, however it is written.</summary>
    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Contains(address.MapToIPv4());
        }

        // A scope is a part of the address for the comparison, but not of what it reaches.
        var plain =
            address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address;
        return Array.Exists(s_networks, network => network.Contains(plain))
            || Array.Exists(s_embedding, embedding =>
                embedding.Network.Contains(plain)
                && Contains(new IPAddress(plain.GetAddressBytes().AsSpan(embedding.At, 4)))
            );
    }
}
