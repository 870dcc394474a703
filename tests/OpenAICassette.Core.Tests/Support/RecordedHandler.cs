using System.Collections.Concurrent;
using System.Text;
using OpenAICassette.Http;

namespace OpenAICassette.Tests;

/// <summary>A handler that is a function, or tells what it was asked: "METHOD path?query body".</summary>
internal sealed class RecordedHandler(Func<HttpExchange, ValueTask>? answer = null) : IHttpHandler
{
    /// <summary>What was asked, in the order of the asking.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public ValueTask AnswerAsync(HttpExchange exchange)
    {
        var query = exchange.Query.Length > 0 ? $"?{exchange.Query}" : string.Empty;
        var asked = $"{exchange.Method} {exchange.Path}{query} {Encoding.UTF8.GetString(exchange.Body.Span)}".TrimEnd();
        Asked.Enqueue(asked);
        return answer is null ? exchange.SendAsync(Text(asked)) : answer(exchange);
    }

    /// <summary>An answer of plain text.</summary>
    public static RenderedResponse Text(string text) =>
        RenderedResponse.Create(200, [new("Content-Type", "text/plain")], Encoding.UTF8.GetBytes(text));
}
