using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Http;

/// <summary>
/// Writes a request that a proxy received for a host as the host expects it: with a path as its target, and without the
/// fields for the proxy (RFC 9112, section 3.2.2). The connection carries no other request.
/// </summary>
internal static class ProxiedRequest
{
    private static readonly string[] s_own =
    [
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "Proxy-Authorization",
        "Host",
    ];

    /// <summary>A client must not have these removed: the body would be read as another request.</summary>
    private static readonly string[] s_framing = ["Content-Length", "Transfer-Encoding"];

    /// <summary>Returns the head followed by what has arrived of the body.</summary>
    /// <param name="head">The head.</param>
    /// <param name="service">The service that it is for.</param>
    /// <param name="rest">The bytes after the head.</param>
    public static byte[] Write(RequestHead head, Uri service, ReadOnlySpan<byte> rest)
    {
        var bytes = new ByteBuilder(512 + rest.Length);
        var query = head.Target.Query.Length > 0 ? $"?{head.Target.Query}" : string.Empty;
        var version = head.IsHttp10 ? "1.0" : "1.1";
        bytes.Append(Encoding.ASCII.GetBytes($"{head.Method} {head.Target.Path}{query} HTTP/{version}\r\n"));
        ResponseHead.WriteField(bytes, "Host", service.Authority);
        var ofConnection = head.Headers.Where(field => IsConnection(field.Key)).SelectMany(field => Names(field.Value));
        HashSet<string> own = new([.. s_own, .. ofConnection], StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in head.Headers)
        {
            if (!own.Contains(name))
            {
                ResponseHead.WriteField(bytes, name, value);
            }
        }

        ResponseHead.WriteField(bytes, "Connection", "close");
        bytes.Append("\r\n"u8);
        bytes.Append(rest);
        return bytes.ToArray();
    }

    private static bool IsConnection(string name) => name.Equals("Connection", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the fields that a value of Connection names, without those of the framing.</summary>
    private static IEnumerable<string> Names(string value) =>
        value
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(name => !s_framing.Contains(name, StringComparer.OrdinalIgnoreCase));
}
