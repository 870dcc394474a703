namespace OpenAICassette.Capture;

/// <summary>Writes the origin of an address as HTTP sends it: in ASCII, without credentials.</summary>
internal static class OriginText
{
    /// <summary>Returns the scheme, the host, and the port unless it is the scheme's own.</summary>
    public static string Of(Uri address) =>
        $"{address.Scheme}://{HostOf(address)}{(address.IsDefaultPort ? string.Empty : $":{address.Port}")}";

    /// <summary>Returns whether an address is one of HTTP, or one of a WebSocket, whose request HTTP carries.</summary>
    public static bool IsHttp(Uri address) => address.Scheme is "http" or "https" || IsWebSocket(address);

    /// <summary>Returns whether an address is one of a WebSocket.</summary>
    public static bool IsWebSocket(Uri address) => address.Scheme is "ws" or "wss";

    /// <summary>Returns the origin that HTTP has for the address of a WebSocket, and any other as it is.</summary>
    public static string OfHttp(Uri address) =>
        IsWebSocket(address) ? $"http{Of(address)["ws".Length..]}" : Of(address);

    /// <summary>Returns the host; an IPv6 address in brackets.</summary>
    public static string HostOf(Uri address) =>
        address.HostNameType == UriHostNameType.IPv6 ? $"[{address.DnsSafeHost}]" : address.IdnHost;
}
