namespace OpenAICassette.Formats.LlamaStack;

/// <summary>The path of a recorded URL.</summary>
internal static class UrlPath
{
    /// <summary>
    /// The URL without scheme, host, port, query and fragment; nothing is decoded. A URL whose host was masked when it was recorded
    /// (<c>__databricks__/…</c>) has no scheme and comes back whole.
    /// </summary>
    public static string Of(string url)
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
}
