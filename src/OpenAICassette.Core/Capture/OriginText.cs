namespace OpenAICassette.Capture;

/// <summary>Writes the origin of an address as HTTP sends it: in ASCII, without credentials.</summary>
internal static class OriginText
{
    /// <summary>Returns the scheme, the host, and the port unless it is the scheme's own.</summary>
    public static string Of(Uri address) =>
        $"{address.Scheme}://{HostOf(address)}{(address.IsDefaultPort ? string.Empty : $":{address.Port}")}";

    /// <summary>Returns the host; an IPv6 address in brackets.</summary>
    public static string HostOf(Uri address) =>
        address.HostNameType == UriHostNameType.IPv6 ? $"[{address.DnsSafeHost}]" : address.IdnHost;
}
