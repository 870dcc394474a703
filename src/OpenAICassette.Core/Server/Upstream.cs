using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using OpenAICassette.Apis;
using OpenAICassette.Http;

namespace OpenAICassette.Server;

/// <summary>
/// Forwards requests to the real service. Redirects are not followed, and only requests with the owner's token can
/// choose another service.
/// </summary>
internal sealed class Upstream : IDisposable
{
    private const int LeastStatus = 200;

    private static readonly string[] s_normalized =
    [
        "GET",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "HEAD",
        "OPTIONS",
        "TRACE",
        "CONNECT",
        "QUERY",
    ];

    private readonly CassetteServerOptions _options;
    private readonly HttpMessageInvoker _client;

    /// <summary>Prepares the connection to a service.</summary>
    /// <param name="options">The service's address, which may have a base path.</param>
    public Upstream(CassetteServerOptions options)
    {
        _options = options;
        _client = new HttpMessageInvoker(
            options.UpstreamHandler
                ?? new SocketsHttpHandler
                {
                    // Without a propagator there are no events either, so that a session does not capture these requests.
                    ActivityHeadersPropagator = null,
                    AllowAutoRedirect = false,
                    AutomaticDecompression = DecompressionMethods.None,
                    ConnectTimeout = TimeSpan.FromSeconds(30),
                    RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
                    ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
                    UseCookies = false,
                    Proxy = new RemoteProxy(),
                    SslOptions =
                    {
                        RemoteCertificateValidationCallback = new UpstreamCertificates(
                            options.UpstreamCertificate
                        ).Check,
                    },
                }
        );
    }

    /// <summary>
    /// Returns whether a method can be sent unchanged. Methods are case-sensitive (RFC 9110, section 9.1), but the
    /// framework writes the ones it knows in capitals.
    /// </summary>
    /// <param name="method">The method.</param>
    public static bool CanSend(string method) =>
        !Array.Exists(s_normalized, known =>
            known != method && known.Equals(method, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>
    /// Returns the request to send for a client's request: the same one without the fields of its connection.
    /// </summary>
    /// <param name="exchange">The exchange with the client.</param>
    /// <param name="body">The body.</param>
    public HttpRequestMessage Request(HttpExchange exchange, ReadOnlyMemory<byte> body)
    {
        var target = Target(exchange);
        var request = new HttpRequestMessage(
            new HttpMethod(exchange.Method),
            new Uri(target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })
        )
        {
            Content =
                body.IsEmpty && exchange.Method is not ("POST" or "PUT" or "PATCH")
                    ? null
                    : new ReadOnlyMemoryContent(body),
        };
        foreach (var (name, value) in ForwardedHeaders.ToUpstream(exchange.Headers))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        request.Headers.TryAddWithoutValidation(ForwardedHeaders.Via, ForwardedHeaders.Self);
        return request;
    }

    /// <summary>Sends a request. Returns as soon as the head of the answer has arrived.</summary>
    /// <exception cref="HttpRequestException">The service cannot be reached, or does not speak HTTP.</exception>
    /// <exception cref="UpstreamAnswerException">The status is not valid for an answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var response = await _client.SendAsync(request, cancellation).ConfigureAwait(false);
        if ((int)response.StatusCode >= LeastStatus)
        {
            return response;
        }

        response.Dispose();
        throw new UpstreamAnswerException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"the upstream answered with status {(int)response.StatusCode:000}, which is not a final status"
            )
        );
    }

    /// <summary>Opens a WebSocket for a client's.</summary>
    /// <param name="service">The socket to open.</param>
    /// <param name="exchange">The client's request.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The status and reason of a failure; null if the socket is open.</returns>
    public async ValueTask<(int Status, string Reason)?> OpenAsync(
        ClientWebSocket service,
        HttpExchange exchange,
        CancellationToken cancellation
    )
    {
        var address = new Uri(
            "ws" + Target(exchange)["http".Length..],
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
        var fields = ForwardedHeaders
            .ToUpstream(exchange.Headers)
            .Where(field => !field.Key.StartsWith("Sec-WebSocket-", StringComparison.OrdinalIgnoreCase))
            .GroupBy(field => field.Key, field => field.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var field in fields)
        {
            service.Options.SetRequestHeader(field.Key, string.Join(", ", field));
        }

        Array.ForEach(WebSocketHandshake.Protocols(exchange), service.Options.AddSubProtocol);
        service.Options.CollectHttpResponseDetails = true;
        try
        {
            await service.ConnectAsync(address, _client, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            var status = (int)service.HttpStatusCode;
            return status >= 400
                ? (
                    status,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the upstream refused the WebSocket with status {status}"
                    )
                )
                : (502, UpstreamFailure.ReasonOf(e.InnerException ?? e, address));
        }
    }

    /// <summary>
    /// Returns the body of an answer, decoded if the service compressed it. A body that was cut off fails when its end
    /// is read.
    /// </summary>
    /// <exception cref="UpstreamAnswerException">The service used an unknown content coding.</exception>
    public static async Task<Stream> BodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        foreach (var coding in response.Content.Headers.ContentEncoding.Reverse())
        {
            body = coding.ToLowerInvariant() switch
            {
                "gzip" or "x-gzip" => GZipReader.Open(body),
                "deflate" => new ZLibStream(new TruncationCheckedStream(body), CompressionMode.Decompress),
                "br" => new BrotliStream(new TruncationCheckedStream(body), CompressionMode.Decompress),
                "identity" => body,
                _ => throw new UpstreamAnswerException(
                    $"the upstream compressed its answer as '{coding}', although the request did not accept that"
                ),
            };
        }

        return body;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>
    /// Returns the URL of a request as its client means it, which is recorded: the host that it names, even if another
    /// address stands in for that host.
    /// </summary>
    public string Address(HttpExchange exchange)
    {
        var (service, path) = ServiceOf(exchange);
        return service.GetLeftPart(UriPartial.Authority) + WithQuery(path, exchange);
    }

    /// <summary>Returns the URL that a request is forwarded to.</summary>
    private string Target(HttpExchange exchange)
    {
        var (service, path) = ServiceOf(exchange);
        return UpstreamAddresses.Find(_options.UpstreamOfHost, service) is { } other
            ? other.GetLeftPart(UriPartial.Authority) + WithQuery(UpstreamPath.Join(other.AbsolutePath, path), exchange)
            : service.GetLeftPart(UriPartial.Authority) + WithQuery(path, exchange);
    }

    private (Uri Service, string Path) ServiceOf(HttpExchange exchange)
    {
        if (exchange.Service is { } named)
        {
            return (named, exchange.Path);
        }

        var operation = ApiOperation.Of(exchange.Path);
        var address = _options.UpstreamOf?.Invoke(operation.Name)
            ?? (IsOwnHost(operation.Family) ? operation.Family.Upstream : _options.Upstream!);
        return (address, UpstreamPath.Join(address.AbsolutePath, exchange.Path));
    }

    /// <summary>Returns whether the traffic of the family's own host has an address.</summary>
    private bool IsOwnHost(IApiFamily family) =>
        UpstreamAddresses.Find(_options.UpstreamOfHost, family.Upstream) is not null;

    private static string WithQuery(string path, HttpExchange exchange) =>
        exchange.Query.Length > 0 ? $"{path}?{exchange.Query}" : path;
}

/// <summary>Thrown when the upstream sent an invalid answer.</summary>
internal sealed class UpstreamAnswerException(string message) : IOException(message);
