using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>A server that records from an upstream into a folder, and a client of it.</summary>
internal sealed class RecordingSession : IAsyncDisposable
{
    public const string Hello = """{"model":"m","messages":[{"role":"user","content":"Hello"}]}""";
    public const string HelloStream = """{"model":"m","messages":[{"role":"user","content":"Hello"}],"stream":true}""";

    private readonly HttpClient _client;

    public RecordingSession(
        Uri upstream,
        TempFolder folder,
        RecordMode mode = RecordMode.NewEpisodes,
        TimeSpan? limit = null,
        string? token = null,
        TimeProvider? time = null,
        string? format = null,
        string? file = null,
        IReadOnlyDictionary<string, Uri>? hosts = null,
        bool recordFailures = false
    )
    {
        Folder = folder;
        Server = CassetteServer.Start(
            CassetteStore.Find(folder.FullName, recurse: true),
            new CassetteServerOptions
            {
                Mode = mode,
                Upstream = mode == RecordMode.None ? null : upstream,
                UpstreamOfHost = hosts ?? new Dictionary<string, Uri>(),
                UpstreamToken = token,
                Time = time ?? TimeProvider.System,
                RecordTo = mode == RecordMode.None ? null : file ?? folder.FullName,
                KeyNames = true,
                RecordFormat = format,
                RecordFailures = recordFailures,
                UpstreamTimeout = limit ?? TimeSpan.FromSeconds(60),
                AbandonedTimeout = limit ?? TimeSpan.FromSeconds(60),
            }
        );
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = Server.Uri,
            Timeout = TimeSpan.FromSeconds(300),
        };
    }

    public CassetteServer Server { get; }

    public TempFolder Folder { get; }

    /// <summary>The last request in the journal.</summary>
    public ReceivedRequest Last => Server.Requests[^1];

    /// <summary>The cassettes in the folder, in path order; one that is still being written begins with a dot.</summary>
    public IReadOnlyList<Cassette> Cassettes =>
        [
            .. Folder
                .Files.Where(file => !Path.GetFileName(file).StartsWith('.'))
                .Select(file => CassetteStore.Open(Folder[file])),
        ];

    /// <summary>Sends a request; returns with the head of the answer.</summary>
    public Task<HttpResponseMessage> SendAsync(
        string body = Hello,
        string path = "/v1/chat/completions",
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Sends a request; gives the status and the body.</summary>
    public async Task<(int Status, string Body)> AskAsync(
        string body = Hello,
        string path = "/v1/chat/completions",
        params (string Name, string Value)[] headers
    )
    {
        using var answer = await SendAsync(body, path, headers);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Sends a request with any body; gives the status and the body.</summary>
    public async Task<(int Status, string Body)> AskAsync(
        HttpContent content,
        string path,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Sends a request without a body; returns with the head of the answer.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path) =>
        _client.SendAsync(new HttpRequestMessage(method, path), HttpCompletionOption.ResponseHeadersRead);

    /// <summary>Gets a path; gives the status and the body.</summary>
    public async Task<(int Status, string Body)> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Fails when the cassettes have findings.</summary>
    public void AssertHealthy()
    {
        var check = new HealthCheck();
        Assert.Empty(
            Cassettes.SelectMany(check.Check).Select(finding => $"{finding.Path}: {finding.Id} {finding.Message}")
        );
    }

    /// <summary>Answers from the folder alone, with the same client; the upstream is not asked.</summary>
    public async Task<(int Status, string Body)> ReplayAsync(string body = Hello, string path = "/v1/chat/completions")
    {
        using var handler = new CassetteMessageHandler(Cassettes);
        using var client = new HttpClient(handler) { BaseAddress = Server.Uri };
        using var answer = await client.PostAsync(
            new Uri(path, UriKind.Relative),
            new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"))
        );
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Fails when two JSON texts do not say the same.</summary>
    public static void AssertSame(string expected, string actual) =>
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)),
            $"expected {expected}, got {actual}"
        );

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
    }
}
