using OpenAICassette.Http;

namespace OpenAICassette.Server;

/// <summary>Reads the header in which a client of a session names the service that its request is for.</summary>
internal static class NamedService
{
    /// <summary>Returns the service; null if the request names none, or its token is not the server's.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="token">The token of the server; null to allow no such request.</param>
    public static Uri? Of(HttpExchange exchange, string? token) =>
        token is not null
        && exchange.Headers[CassetteServerOptions.UpstreamHeader] is { } named
        && named.StartsWith($"{token} ", StringComparison.Ordinal)
        && Uri.TryCreate(named[(token.Length + 1)..], UriKind.Absolute, out var service)
            ? service
            : null;
}
