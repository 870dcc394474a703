using System.Globalization;
using System.IO.Compression;
using System.Net;
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
    public HttpRequestMessage Request(HttpExchange exchange)
    {
        var target = Address(exchange);
        var request = new HttpRequestMessage(
            new HttpMethod(exchange.Method),
            new Uri(target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })
        )
        {
            Content =
                exchange.Body.IsEmpty && exchange.Method is not ("POST" or "PUT" or "PATCH")
                    ? null
                    : new ReadOnlyMemoryContent(exchange.Body),
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

    /// <summary>Returns the URL that a request is forwarded to.</summary>
    public string Address(HttpExchange exchange) =>
        exchange.Query.Length > 0 ? $"{AddressWithoutQuery(exchange)}?{exchange.Query}" : AddressWithoutQuery(exchange);

    private string AddressWithoutQuery(HttpExchange exchange)
    {
        if (
            _options.UpstreamToken is { } token
            && exchange.Headers[CassetteServerOptions.UpstreamHeader] is { } named
            && named.StartsWith($"{token} ", StringComparison.Ordinal)
            && Uri.TryCreate(named[(token.Length + 1)..], UriKind.Absolute, out var own)
        )
        {
            return own.GetLeftPart(UriPartial.Authority) + exchange.Path;
        }

        var address = _options.UpstreamOf?.Invoke(ApiOperation.Of(exchange.Path).Name) ?? _options.Upstream!;
        return address.GetLeftPart(UriPartial.Authority) + UpstreamPath.Join(address.AbsolutePath, exchange.Path);
    }
}

/// <summary>Thrown when the upstream sent an invalid answer.</summary>
internal sealed class UpstreamAnswerException(string message) : IOException(message);
