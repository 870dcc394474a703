using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpenAICassette.Tests;

/// <summary>A service on this machine that stands in for the real one.</summary>
internal sealed class StandIn : IDisposable
{
    public const string Answer =
        """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Paris"},"finish_reason":"stop"}]}""";

    private readonly HttpListener _listener = new();

    public StandIn()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Uri = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        free.Stop();
        _listener.Prefixes.Add(Uri.ToString());
        _listener.Prefixes.Add($"http://localhost:{Uri.Port}/");
        _listener.Start();
        _ = AnswerAsync();
    }

    public Uri Uri { get; }

    /// <summary>The option that leads the traffic of a host here.</summary>
    public string For(string host) => $"{host}={Uri.GetLeftPart(UriPartial.Authority)}";

    /// <summary>The methods and paths of the requests.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                Asked.Enqueue($"{context.Request.HttpMethod} {context.Request.Url!.PathAndQuery}");
                context.Response.ContentType = "application/json";
                context.Response.ContentLength64 = Answer.Length;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Answer));
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
