using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Http;

/// <summary>Opens WebSockets (RFC 6455, section 4.2).</summary>
internal static class WebSocketHandshake
{
    /// <summary>The field in which a client names its protocols.</summary>
    public const string ProtocolField = "Sec-WebSocket-Protocol";

    private const string KeyField = "Sec-WebSocket-Key";
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Returns whether a request asks for a WebSocket.</summary>
    public static bool IsAsked(HttpExchange exchange) =>
        exchange.Method == "GET" && Has(exchange, "Upgrade", "websocket") && Has(exchange, "Connection", "Upgrade");

    /// <summary>Returns why a request does not open a WebSocket; null if it does.</summary>
    public static (int Status, string Reason)? WhyRefused(HttpExchange exchange) =>
        exchange.Headers["Sec-WebSocket-Version"] is not "13" ? (426, "the WebSocket's version must be 13")
        : !Convert.TryFromBase64String(exchange.Headers[KeyField] ?? string.Empty, new byte[16], out var length)
        || length != 16
            ? (400, $"{KeyField} must be 16 bytes in base64")
        : exchange.IsFromOtherSite ? (403, "a web page of another site opened the WebSocket")
        : null;

    /// <summary>Returns the protocols that a client names, in its order.</summary>
    public static string[] Protocols(HttpExchange exchange) =>
        exchange
            .Headers[ProtocolField]
            ?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Accepts a WebSocket.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="protocol">The protocol that is spoken; null for none.</param>
    public static async ValueTask<WebSocket> AcceptAsync(HttpExchange exchange, string? protocol)
    {
        var stream = await exchange.UpgradeAsync(Fields(exchange.Headers[KeyField]!, protocol)).ConfigureAwait(false);
        return WebSocket.CreateFromStream(
            stream,
            new WebSocketCreationOptions { IsServer = true, SubProtocol = protocol }
        );
    }

    private static List<KeyValuePair<string, string>> Fields(string key, string? protocol)
    {
        var fields = new List<KeyValuePair<string, string>>
        {
            new("Upgrade", "websocket"),
            new("Connection", "Upgrade"),
            new("Sec-WebSocket-Accept", AcceptOf(key)),
        };
        if (protocol is not null)
        {
            fields.Add(new(ProtocolField, protocol));
        }

        return fields;
    }

    private static string AcceptOf(string key)
    {
#pragma warning disable CA5350 // The protocol prescribes SHA-1; it protects nothing.
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));
#pragma warning restore CA5350
    }

    private static bool Has(HttpExchange exchange, string name, string word) =>
        exchange.Headers[name] is { } value
        && value.Split(',').Any(part => part.Trim().Equals(word, StringComparison.OrdinalIgnoreCase));
}
