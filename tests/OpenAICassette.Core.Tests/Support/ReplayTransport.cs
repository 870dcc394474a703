using System.Text;

namespace OpenAICassette.Tests;

/// <summary>A client that is answered from cassettes, over HTTP or in process.</summary>
internal sealed class ReplayTransport : IAsyncDisposable
{
    private readonly CassetteServer? _server;
    private readonly CassetteMessageHandler? _handler;

    public ReplayTransport(bool overHttp, IEnumerable<Cassette> cassettes, ReplayOptions? options = null)
    {
        options ??= new ReplayOptions();
        if (overHttp)
        {
            _server = CassetteServer.Start(cassettes, new CassetteServerOptions { Replay = options });
            Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _server.Uri };
        }
        else
        {
            _handler = new CassetteMessageHandler(cassettes, options);
            Client = new HttpClient(_handler, disposeHandler: false)
            {
                BaseAddress = new Uri("https://api.example.com/"),
            };
        }

        Client.Timeout = TestServer.Long;
    }

    public HttpClient Client { get; }

    public IReadOnlyList<ReceivedRequest> Requests => _server?.Requests ?? _handler!.Requests;

    /// <summary>Asks, and gives the answer as soon as its head is there.</summary>
    /// <param name="body">The body; null to GET.</param>
    /// <param name="target">The path with its query.</param>
    /// <param name="headers">More headers.</param>
    public Task<HttpResponseMessage> AskAsync(
        string? body,
        string target = BuiltMatcher.Chat,
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, target);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Asks, and reads the whole answer.</summary>
    public async Task<string> ReadAsync(
        string? body,
        string target = BuiltMatcher.Chat,
        params (string Name, string Value)[] headers
    )
    {
        using var answer = await AskAsync(body, target, headers);
        return await answer.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _handler?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
