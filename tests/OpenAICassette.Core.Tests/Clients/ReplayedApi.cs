using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;

namespace OpenAICassette.Tests;

/// <summary>
/// A folder of cassettes as the OpenAI SDK sees it: through the message handler, or through a server.
/// </summary>
internal sealed class ReplayedApi : IDisposable
{
    private readonly HttpClient _http;
    private readonly CassetteServer? _server;
    private readonly Uri _endpoint;

    private readonly CassetteMessageHandler? _handler;

    private ReplayedApi(HttpMessageHandler handler, CassetteServer? server)
    {
        _handler = handler as CassetteMessageHandler;
        _server = server;
        _http = new HttpClient(handler);
        _endpoint = new Uri(server?.Uri ?? new Uri("https://api.example.com/"), "v1");
    }

    /// <summary>The credential, which nobody looks at.</summary>
    public static ApiKeyCredential Credential { get; } = new("cassette");

    /// <summary>Opens a folder or file.</summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="overHttp">True for a server; false for the handler.</param>
    /// <param name="replay">How it answers.</param>
    public static ReplayedApi Open(string path, bool overHttp, ReplayOptions? replay = null)
    {
        if (!overHttp)
        {
            return new ReplayedApi(new CassetteMessageHandler(path, replay), null);
        }

        var options = new CassetteServerOptions { Replay = replay ?? new ReplayOptions() };
        var server = CassetteServer.Start(CassetteStore.Find(path, recurse: true), options, load =>
            Assert.NotNull(load.SkippedBecause)
        );
        return new ReplayedApi(new SocketsHttpHandler { UseProxy = false }, server);
    }

    /// <summary>The requests so far.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _server?.Requests ?? _handler!.Requests;

    /// <summary>The options of a client.</summary>
    /// <param name="cassette">The cassette that it asks; null for all.</param>
    /// <param name="retries">How often it asks again.</param>
    public OpenAIClientOptions Options(string? cassette = null, int retries = 0)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = _endpoint,
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(retries),
        };
        if (cassette is not null)
        {
            options.AddPolicy(new CassettePolicy(cassette), PipelinePosition.PerCall);
        }

        return options;
    }

    public void Dispose()
    {
        _http.Dispose();
        _server?.Dispose();
    }

    private sealed class CassettePolicy(string cassette) : PipelinePolicy
    {
        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            message.Request.Headers.Set("x-cassette", cassette);
            ProcessNext(message, pipeline, currentIndex);
        }

        public override ValueTask ProcessAsync(
            PipelineMessage message,
            IReadOnlyList<PipelinePolicy> pipeline,
            int currentIndex
        )
        {
            message.Request.Headers.Set("x-cassette", cassette);
            return ProcessNextAsync(message, pipeline, currentIndex);
        }
    }
}
