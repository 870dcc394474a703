using System.Text;

namespace OpenAICassette.Http;

/// <summary>
/// Represents the target of a request line: a path, a URL, <c>*</c>, or the host and port of CONNECT (RFC 9112, section
/// 3.2). Parsing the same bytes again costs nothing.
/// </summary>
internal sealed class RequestTarget
{
    private static readonly byte[][] s_ownSchemes = ["http://"u8.ToArray()];
    private static readonly byte[][] s_proxiedSchemes = ["http://"u8.ToArray(), "https://"u8.ToArray()];

    private byte[] _bytes = [];

    /// <summary>Gets the target as sent.</summary>
    public string Text { get; private set; } = string.Empty;

    /// <summary>Gets the path without a host, percent-encoded.</summary>
    public string Path { get; private set; } = string.Empty;

    /// <summary>Gets the query without the question mark; empty if there is none.</summary>
    public string Query { get; private set; } = string.Empty;

    /// <summary>Gets the position of a URL's host and port in the target; null if there is none.</summary>
    public Range? Authority { get; private set; }

    /// <summary>Reads a target.</summary>
    /// <param name="target">Its bytes.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="isProxied">True if the client may name any service: the server is a proxy.</param>
    /// <exception cref="BadRequestException">The target is not valid.</exception>
    public void Read(ReadOnlySpan<byte> target, string method, bool isProxied = false)
    {
        if (!HttpText.IsTarget(target))
        {
            throw new BadRequestException(400, "the request's target contains characters that must be percent-encoded");
        }

        if (method == "CONNECT")
        {
            CheckHostAndPort(target);
            Authority = null;
        }
        else
        {
            var isPath = target[0] == '/' || (method == "OPTIONS" && target.SequenceEqual("*"u8));
            Authority = isPath ? null : AuthorityOf(target, isProxied ? s_proxiedSchemes : s_ownSchemes);
        }

        if (!target.SequenceEqual(_bytes))
        {
            _bytes = target.ToArray();
            Text = Encoding.ASCII.GetString(target);
            Split(Authority?.End.Value ?? 0);
        }
    }

    private static void CheckHostAndPort(ReadOnlySpan<byte> target)
    {
        var hasPort = HttpText.TryGetHost(target, out var host) && target.Length > host.Length + 1;
        if (!hasPort || target[(host.Length + 1)..].SequenceEqual("0"u8))
        {
            throw new BadRequestException(400, "the target of CONNECT is not a host with a port");
        }
    }

    private static Range AuthorityOf(ReadOnlySpan<byte> target, byte[][] schemes)
    {
        foreach (var scheme in schemes)
        {
            if (target.Length > scheme.Length && HttpText.Is(target[..scheme.Length], scheme))
            {
                var length = target[scheme.Length..].IndexOfAny((byte)'/', (byte)'?');
                var authority = scheme.Length..(length < 0 ? target.Length : scheme.Length + length);
                return HttpText.TryGetHost(target[authority], out _)
                    ? authority
                    : throw new BadRequestException(400, "the host in the request's target is not valid");
            }
        }

        throw new BadRequestException(400, "the request's target is neither a path nor an http URL");
    }

    private void Split(int pathStart)
    {
        var question = Text.IndexOf('?', pathStart);
        var path = question < 0 ? Text[pathStart..] : Text[pathStart..question];
        Path = path.Length == 0 ? "/" : path;
        Query = question < 0 ? string.Empty : Text[(question + 1)..];
    }
}
