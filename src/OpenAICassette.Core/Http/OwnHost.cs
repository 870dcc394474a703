using System.Buffers;
using System.Net;
using System.Text;

namespace OpenAICassette.Http;

/// <summary>
/// Checks the host of requests. A server on a loopback address refuses other hosts; otherwise a web page whose name was
/// made to point here could read the answers. The port does not matter, because a forwarded port differs.
/// </summary>
internal sealed class OwnHost(IPAddress listening)
{
    private static readonly SearchValues<byte> s_ipv4 = SearchValues.Create("0123456789."u8);

    private readonly bool _isLoopback = IPAddress.IsLoopback(listening);

    /// <summary>Refuses a request without a valid host, or for another host.</summary>
    /// <param name="head">The request's complete head.</param>
    /// <param name="received">The bytes of the head.</param>
    /// <param name="isProxied">True if the request may be for any host, because its client uses the server as a proxy.</param>
    public void Check(RequestHead head, ReadOnlySpan<byte> received, bool isProxied = false)
    {
        var index = -1;
        for (var i = 0; i < head.Headers.Count; i++)
        {
            if (head.Headers.Known(i) == KnownHeader.Host)
            {
                index = index < 0 ? i : throw new BadRequestException(400, "the request has more than one Host field");
            }
        }

        if (index < 0 && !head.IsHttp10)
        {
            throw new BadRequestException(400, "the request has no Host field");
        }

        if (index >= 0)
        {
            CheckHost(head.Headers.Bytes(index), isProxied);
        }

        if (head.Authority is { } authority)
        {
            CheckHost(received[authority], isProxied);
        }
    }

    /// <summary>Returns whether a URL is one of this machine.</summary>
    /// <param name="url">The URL's scheme, host and port.</param>
    public static bool IsOwn(Uri url) => IsOwn(Encoding.ASCII.GetBytes(url.Host));

    private void CheckHost(ReadOnlySpan<byte> authority, bool isProxied)
    {
        if (!HttpText.TryGetHost(authority, out var host))
        {
            throw new BadRequestException(400, "the request's Host is not valid");
        }

        if (_isLoopback && !isProxied && !IsOwn(host))
        {
            throw new BadRequestException(
                421,
                $"the host '{Encoding.ASCII.GetString(host)}' is not a host of this server: "
                    + $"on {listening} it answers only to localhost and loopback addresses"
            );
        }
    }

    private static bool IsOwn(ReadOnlySpan<byte> host)
    {
        var name = host.EndsWith("."u8) ? host[..^1] : host;
        return HttpText.Is(name, "localhost"u8)
            || (name.Length > 10 && HttpText.Is(name[^10..], ".localhost"u8))
            || (host[0] == '[' ? IsLoopback6(host) : IsLoopback4(host));
    }

    /// <summary>
    /// Returns whether a host consists of four numbers with dots, the first of them 127. Older short forms are treated
    /// as names.
    /// </summary>
    private static bool IsLoopback4(ReadOnlySpan<byte> host) =>
        host.StartsWith("127."u8)
        && host.Count((byte)'.') == 3
        && !host.ContainsAnyExcept(s_ipv4)
        && IPAddress.IsValidUtf8(host);

    private static bool IsLoopback6(ReadOnlySpan<byte> host) =>
        host.SequenceEqual("[::1]"u8)
        || (IPAddress.TryParse(Encoding.ASCII.GetString(host), out var address) && IPAddress.IsLoopback(address));
}
