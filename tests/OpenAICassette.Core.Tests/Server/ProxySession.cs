using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OpenAICassette.Server;

namespace OpenAICassette.Tests;

/// <summary>A server that is a forward proxy, and clients that use it.</summary>
internal sealed class ProxySession : IAsyncDisposable
{
    private readonly CertificateAuthority _authority;
    private readonly X509Certificate2 _root;

    public ProxySession(
        TempFolder folder,
        RecordMode mode = RecordMode.NewEpisodes,
        IReadOnlyDictionary<string, Uri>? hosts = null,
        params string[] patterns
    )
        : this(
            folder,
            mode,
            hosts,
            new ForwardProxyOptions
            {
                Authority = new(),
                Hosts = patterns,
                AllowPrivateNetwork = true,
            }
        ) { }

    public ProxySession(
        TempFolder folder,
        RecordMode mode,
        IReadOnlyDictionary<string, Uri>? hosts,
        ForwardProxyOptions options
    )
    {
        _authority = options.Authority;
        _root = X509Certificate2.CreateFromPem(_authority.Pem);
        Server = CassetteServer.Start(
            CassetteStore.Find(folder.FullName, recurse: true),
            new CassetteServerOptions
            {
                Mode = mode,
                Upstream = mode == RecordMode.None ? null : new Uri("http://upstream.invalid"),
                UpstreamOfHost =
                    mode == RecordMode.None ? UpstreamAddresses.None.ByHost : hosts ?? UpstreamAddresses.None.ByHost,
                RecordTo = mode == RecordMode.None ? null : folder.FullName,
                Proxy = options with { Seen = Seen.Enqueue },
            }
        );
    }

    public CassetteServer Server { get; }

    public ConcurrentQueue<ProxiedHost> Seen { get; } = new();

    /// <summary>A client that uses the proxy and trusts its certificates.</summary>
    public HttpClient Client() => new(Handler()) { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>The same client, for WebSockets.</summary>
    public HttpMessageInvoker Invoker() => new(Handler());

    /// <summary>Asks with a new client; gives the status and the body.</summary>
    public async Task<(int Status, string Body)> AskAsync(string url, string body = RecordingSession.Hello)
    {
        using var client = Client();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(url), content);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Sends CONNECT; gives the connection if the proxy accepts.</summary>
    public async Task<RawClient> ConnectAsync(string target, int status = 200)
    {
        var client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Server.Port));
        await client.SendAsync($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n");
        Assert.Equal(status, (await client.ReadAnswerAsync(toHead: status == 200)).Status);
        return client;
    }

    /// <summary>Connects to a host through the proxy and speaks TLS.</summary>
    public async Task<SslStream> SpeakTlsAsync(string host, params SslApplicationProtocol[] protocols)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Server.Port));
        var stream = new NetworkStream(socket, ownsSocket: true);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n"));
        var head = new byte[256];
        Assert.StartsWith(
            "HTTP/1.1 200",
            Encoding.ASCII.GetString(head, 0, await stream.ReadAsync(head)),
            StringComparison.Ordinal
        );
        var tls = new SslStream(stream);
        var options = Tls(host);
        options.ApplicationProtocols = protocols.Length > 0 ? [.. protocols] : null;
        await tls.AuthenticateAsClientAsync(options);
        return tls;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _root.Dispose();
        _authority.Dispose();
    }

    private SocketsHttpHandler Handler() =>
        new()
        {
            Proxy = new WebProxy(Server.Uri),
            AllowAutoRedirect = false,
            SslOptions = Tls(string.Empty),
        };

    /// <summary>How a client speaks TLS that trusts the proxy's certificates.</summary>
    public SslClientAuthenticationOptions Tls(string host) =>
        new()
        {
            TargetHost = host,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { _root },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };
}
