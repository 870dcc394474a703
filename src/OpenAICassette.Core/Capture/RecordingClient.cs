namespace OpenAICassette.Capture;

/// <summary>Sends requests to a session that records them, and lets the caller see its own requests.</summary>
internal sealed class RecordingClient : IDisposable
{
    private readonly HttpMessageInvoker _client = new(
        new SocketsHttpHandler
        {
            // Without a propagator there are no events either, so that no other session captures these requests.
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        }
    );

    /// <summary>Starts the session.</summary>
    /// <param name="options">What to record and how to answer.</param>
    /// <param name="upstream">What sends the requests that are recorded; null for a connection of the session.</param>
    public RecordingClient(SessionOptions options, HttpMessageHandler? upstream) =>
        Session = CassetteSession.Start(
            options with
            {
                Server = options.Server with { UpstreamHandler = upstream },
            },
            CancellationToken.None
        );

    /// <summary>Gets the session.</summary>
    public CassetteSession Session { get; }

    /// <summary>Sends a request.</summary>
    public HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellation)
    {
        var led = LedRequest.Lead(request, Session, isNamed: true);
        HttpResponseMessage? response = null;
        try
        {
            return response = _client.Send(request, cancellation);
        }
        finally
        {
            led.Restore(response);
        }
    }

    /// <summary>Sends a request.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var led = LedRequest.Lead(request, Session, isNamed: true);
        HttpResponseMessage? response = null;
        try
        {
            return response = await _client.SendAsync(request, cancellation).ConfigureAwait(false);
        }
        finally
        {
            led.Restore(response);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        Session.Server.Stop();
    }
}
