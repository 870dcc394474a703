namespace OpenAICassette.Server;

/// <summary>Represents the values of an option such as <c>--upstream</c>: <c>URL</c> or <c>HOST=URL</c>.</summary>
/// <param name="Default">The service of requests that name no host; null if no value names it.</param>
/// <param name="ByHost">Where the traffic of single hosts goes.</param>
internal sealed record UpstreamAddresses(Uri? Default, IReadOnlyDictionary<string, Uri> ByHost)
{
    /// <summary>Gets no addresses.</summary>
    public static UpstreamAddresses None { get; } =
        new(null, new Dictionary<string, Uri>(StringComparer.OrdinalIgnoreCase));

    /// <summary>Reads the values.</summary>
    /// <param name="values">The values, each <c>URL</c> or <c>HOST=URL</c>.</param>
    /// <exception cref="FormatException">A value is neither, or two values are for the same host.</exception>
    public static UpstreamAddresses Parse(IEnumerable<string> values)
    {
        Uri? standard = null;
        var byHost = new Dictionary<string, Uri>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in values)
        {
            // An equals sign after the scheme belongs to the URL.
            var equals = value.IndexOf('=', StringComparison.Ordinal);
            var scheme = value.IndexOf("://", StringComparison.Ordinal);
            if (equals < 0 || (scheme >= 0 && scheme < equals))
            {
                standard = standard is null
                    ? Address(value, value)
                    : throw new FormatException($"only one default can be specified; got '{standard}' and '{value}'");
            }
            else if (!byHost.TryAdd(Host(value[..equals], value), Address(value[(equals + 1)..], value)))
            {
                throw new FormatException($"the host '{value[..equals]}' is specified twice");
            }
        }

        return new UpstreamAddresses(standard, byHost);
    }

    /// <summary>Returns where the traffic of a service goes; null if it goes to the service itself.</summary>
    /// <param name="byHost">The addresses, by host or by host and port.</param>
    /// <param name="service">The service.</param>
    public static Uri? Find(IReadOnlyDictionary<string, Uri> byHost, Uri service) =>
        byHost.Count == 0 ? null
        : byHost.TryGetValue(service.Authority, out var address) || byHost.TryGetValue(service.Host, out address)
            ? address
        : null;

    private static string Host(string host, string value) =>
        host.Length > 0 && Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var uri) && uri.AbsolutePath == "/"
            ? uri.Authority
            : throw new FormatException($"expected URL or HOST=URL; got '{value}'");

    private static Uri Address(string address, string value) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
            ? uri
            : throw new FormatException($"expected URL or HOST=URL with an http or https address; got '{value}'");
}
