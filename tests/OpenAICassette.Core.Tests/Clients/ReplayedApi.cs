using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAICassette.Formats;

namespace OpenAICassette.Tests;

/// <summary>A folder of cassettes as the OpenAI SDK sees it: through the message handler, or through a server.</summary>
internal sealed class ReplayedApi : IDisposable
{
    private readonly HttpClient _http;
    private readonly CassetteServer? _server;
    private readonly Uri _endpoint;

    private ReplayedApi(HttpMessageHandler handler, CassetteServer? server)
    {
        _server = server;
        _http = new HttpClient(handler);
        _endpoint = new Uri(server?.Uri ?? new Uri("https://api.example.com/"), "v1");
    }

    /// <summary>The credential, which nobody looks at.</summary>
    public static ApiKeyCredential Credential { get; } = new("cassette");

    /// <summary>Opens a folder or file.</summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="overHttp">True for a server; false for the handler.</param>
    public static ReplayedApi Open(string path, bool overHttp) => overHttp
        ? new ReplayedApi(new SocketsHttpHandler { UseProxy = false }, CassetteServer.Start(CassetteStore.Find(path, recurse: true), problem: load => Assert.NotNull(load.SkippedBecause)))
        : new ReplayedApi(new CassetteMessageHandler(path), null);

    /// <summary>The options of a client that asks one cassette, or all, and never asks twice.</summary>
    public OpenAIClientOptions Options(string? cassette = null)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = _endpoint,
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(0),
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

        public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            message.Request.Headers.Set("x-cassette", cassette);
            return ProcessNextAsync(message, pipeline, currentIndex);
        }
    }
}
