namespace OpenAICassette.Text;

/// <summary>Represents the parts of a recorded URL, as Python's <c>urllib.parse.urlparse</c> takes it apart.</summary>
internal static class UrlText
{
    /// <summary>
    /// Returns the URL without scheme, host, port, query and fragment; nothing is decoded. A URL whose host was masked
    /// when it was recorded (<c>__databricks__/…</c>) has no scheme and comes back whole.
    /// </summary>
    public static string PathOf(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        var whole = end < 0 ? url : url[..end];
        var scheme = whole.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return whole;
        }

        var path = whole.IndexOf('/', scheme + 3);
        return path < 0 ? string.Empty : whole[path..];
    }

    /// <summary>Returns host and port of a URL; nothing for one without a scheme.</summary>
    public static string AuthorityOf(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? [] : url.AsSpan(scheme + 3);
        var end = rest.IndexOfAny('/', '?', '#');
        return (end < 0 ? rest : rest[..end]).ToString();
    }

    /// <summary>
    /// Returns the host of a URL in lower case, without user, port and brackets; null for a URL that names none.
    /// </summary>
    public static string? HostOf(string url)
    {
        var authority = AuthorityOf(url);
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        var bracket = host.IndexOf('[', StringComparison.Ordinal);
        host = bracket < 0 ? host.Split(':')[0] : host[(bracket + 1)..].Split(']')[0];
        return host.Length == 0 ? null : host.ToLowerInvariant();
    }
}
