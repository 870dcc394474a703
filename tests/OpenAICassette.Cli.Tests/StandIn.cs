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

    /// <summary>The path that is answered with sound.</summary>
    public const string SpeechPath = "/v1/audio/speech";

    /// <summary>The length of the sound, which is too long for a recording and so is a file beside it.</summary>
    public const int SpeechLength = 3 << 19;

    private readonly HttpListener _listener;

    public StandIn()
    {
        (_listener, Uri) = Listen(tries: 20);
        _ = AnswerAsync();
    }

    public Uri Uri { get; }

    /// <summary>The option that leads the traffic of a host here.</summary>
    public string For(string host) => $"{host}={Uri.GetLeftPart(UriPartial.Authority)}";

    /// <summary>The methods and paths of the requests.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public void Dispose() => _listener.Close();

    /// <summary>Listens on a free port, which another program may take before the listener has it.</summary>
    private static (HttpListener Listener, Uri Uri) Listen(int tries)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var uri = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        free.Stop();
        var listener = new HttpListener();
        try
        {
            listener.Prefixes.Add(uri.ToString());
            listener.Prefixes.Add($"http://localhost:{uri.Port}/");
            listener.Start();
            return (listener, uri);
        }
        catch (HttpListenerException) when (tries > 1)
        {
            listener.Close();
            return Listen(tries - 1);
        }
    }

    /// <summary>Sound that no other request gets.</summary>
    private static byte[] Speech()
    {
        var sound = new byte[SpeechLength];
        Random.Shared.NextBytes(sound);
        return sound;
    }

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                Asked.Enqueue($"{context.Request.HttpMethod} {context.Request.Url!.PathAndQuery}");
                var isSpeech = context.Request.Url.AbsolutePath == SpeechPath;
                var answer = isSpeech ? Speech() : Encoding.UTF8.GetBytes(Answer);
                context.Response.ContentType = isSpeech ? "audio/mpeg" : "application/json";
                context.Response.ContentLength64 = answer.Length;
                await context.Response.OutputStream.WriteAsync(answer);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // The client is gone, or the listener is closed and the loop ends.
            }
        }
    }
}
