using System.Collections.Concurrent;
using System.Text;
using OpenAICassette.Http;

namespace OpenAICassette.Tests;

/// <summary>
/// A service on a free port of the loopback address that answers as a test says, and keeps what it was asked.
/// </summary>
internal sealed class UpstreamStub : IHttpHandler, IAsyncDisposable
{
    public const string Chat =
        """{"id":"chatcmpl-7","object":"chat.completion","created":17,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hé"},"finish_reason":"stop"}]}""";

    private readonly Func<HttpExchange, int, ValueTask> _answer;
    private readonly HttpServer _server;
    private int _count;

    /// <param name="answer">Answers; gets the request's number, from 1.</param>
    public UpstreamStub(Func<HttpExchange, int, ValueTask> answer)
    {
        _answer = answer;
        _server = new HttpServer(new HttpServerOptions(), this);
        _server.Start();
    }

    public Uri Uri => _server.Uri;

    public int Count => Volatile.Read(ref _count);

    /// <summary>What was asked: method, target and body.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The header fields of the requests.</summary>
    public ConcurrentQueue<Dictionary<string, string>> Headers { get; } = new();

    public ValueTask AnswerAsync(HttpExchange exchange)
    {
        Asked.Enqueue($"{exchange.Method} {exchange.Target} {Encoding.UTF8.GetString(exchange.Body.Span)}".TrimEnd());
        Headers.Enqueue(
            exchange.Headers.ToDictionary(field => field.Key, field => field.Value, StringComparer.OrdinalIgnoreCase)
        );
        return _answer(exchange, Interlocked.Increment(ref _count));
    }

    /// <summary>An answer of JSON.</summary>
    public static RenderedResponse JsonAnswer(
        string json,
        int status = 200,
        params KeyValuePair<string, string>[] headers
    ) =>
        RenderedResponse.Create(
            status,
            [new("Content-Type", "application/json"), .. headers],
            Encoding.UTF8.GetBytes(json)
        );

    /// <summary>Begins a stream of events.</summary>
    public static ValueTask BeginEventsAsync(HttpExchange exchange) =>
        exchange.BeginAsync(200, [new("Content-Type", "text/event-stream")]);

    /// <summary>Sends an event with a chunk of a chat.</summary>
    public static ValueTask SendChunkAsync(HttpExchange exchange, string content, string finish = "null") =>
        exchange.WriteAsync(Encoding.UTF8.GetBytes($"data: {Chunk(content, finish)}\n\n"));

    /// <summary>A chunk of a chat.</summary>
    public static string Chunk(string content, string finish = "null") =>
        $$$"""{"id":"chatcmpl-7","object":"chat.completion.chunk","created":17,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"{{{content}}}"},"finish_reason":{{{finish}}}}]}""";

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
