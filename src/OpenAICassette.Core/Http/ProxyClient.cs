using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace OpenAICassette.Http;

/// <summary>
/// Serves a client that uses the server as a proxy (RFC 9110, section 9.3.6): answers in the place of a host, or passes
/// everything to the host unread.
/// </summary>
internal sealed class ProxyClient(HttpServer server, ClientSocket client, HttpExchange exchange, IForwardProxy proxy)
{
    private const byte TlsHandshake = 0x16;

    /// <summary>A tunnel may carry what the server does not know, such as a session that is silent for long.</summary>
    private static readonly TimeSpan s_tunnelIdle = TimeSpan.FromMinutes(10);

    /// <summary>Serves a CONNECT request to the end of the connection.</summary>
    /// <param name="target">The host and port that it names.</param>
    public ValueTask ConnectAsync(HostPort target) =>
        proxy.Choose(target) switch
        {
            ProxyRoute.Capture => CaptureAsync(target),
            ProxyRoute.Tunnel => TunnelAsync(target, default, isTls: false),
            _ => exchange.RefuseAsync(403, proxy.WhyRefused(target)),
        };

    /// <summary>Passes a request for a URL to its host, and the rest of the connection with it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="sent">The request as the host expects it, as far as it has arrived.</param>
    public ValueTask PassAsync(Uri service, ReadOnlyMemory<byte> sent)
    {
        var target = HostPort.Of(service);
        return proxy.Choose(target) == ProxyRoute.Refuse
            ? exchange.RefuseAsync(403, proxy.WhyRefused(target))
            : TunnelAsync(target, sent, service.Scheme == Uri.UriSchemeHttps);
    }

    private async ValueTask TunnelAsync(HostPort target, ReadOnlyMemory<byte> sent, bool isTls)
    {
        RelayEnd service;
        try
        {
            using var limit = Limit();
            var socket = await proxy.ConnectAsync(target, limit.Token).ConfigureAwait(false);
            service = new RelayEnd(
                socket,
                isTls ? await SpeakTlsAsync(socket, target, limit.Token).ConfigureAwait(false) : null
            );
        }
        catch (RefusedHostException e)
        {
            await exchange.RefuseAsync(403, $"{target}: {e.Message}").ConfigureAwait(false);
            return;
        }
        catch (Exception e) when (IsFailure(e))
        {
            proxy.Report(target, $"could not be reached: {Reason(e)}");
            await exchange.RefuseAsync(502, $"{target} could not be reached: {Reason(e)}").ConfigureAwait(false);
            return;
        }

        using var end = service;
        if (sent.IsEmpty)
        {
            await client.SendAsync(Established()).ConfigureAwait(false);
        }
        else
        {
            await service.Stream.WriteAsync(sent).ConfigureAwait(false);
        }

        using var own = new RelayEnd(client.Detach());
        await Relay.RunAsync(own, service, s_tunnelIdle).ConfigureAwait(false);
    }

    private async ValueTask CaptureAsync(HostPort target)
    {
        await client.SendAsync(Established()).ConfigureAwait(false);
        var socket = client.Detach();
        Stream stream;
        var scheme = Uri.UriSchemeHttp;
        try
        {
            using var limit = Limit();
            var first = new byte[1];
            if (await socket.ReceiveAsync(first, SocketFlags.Peek, limit.Token).ConfigureAwait(false) == 0)
            {
                proxy.Report(target, TlsProblem.NoRequest);
                return;
            }

            stream = new NetworkStream(socket);
            if (first[0] == TlsHandshake)
            {
                scheme = Uri.UriSchemeHttps;
                var tls = new SslStream(stream);
                stream = tls;
                await tls.AuthenticateAsServerAsync(proxy.TlsFor(target.Host), limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (IsFailure(e))
        {
            proxy.Report(
                target,
                server.Stopping.IsCancellationRequested ? TlsProblem.NoRequest : TlsProblem.Describe(e)
            );
            return;
        }

        using var own = new RelayEnd(socket, stream);
        using var service = new RelayEnd(await server.OpenAsync(target.ToUri(scheme)).ConfigureAwait(false));
        await Relay.RunAsync(own, service, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        if (!own.HasReceived && scheme == Uri.UriSchemeHttps && !server.Stopping.IsCancellationRequested)
        {
            // In TLS 1.3 a client rejects the certificate only after the server's handshake is complete.
            proxy.Report(target, TlsProblem.NoRequest);
        }
    }

    private byte[] Established() =>
        [.. "HTTP/1.1 200 Connection established\r\n"u8, .. server.Date.Line.Span, .. "\r\n"u8];

    private CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(server.Stopping);
        limit.CancelAfter(server.Options.BodyTimeout);
        return limit;
    }

    private static async ValueTask<Stream> SpeakTlsAsync(Socket socket, HostPort target, CancellationToken cancellation)
    {
        var tls = new SslStream(new NetworkStream(socket));
        await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = target.Host.Trim('[', ']') },
                cancellation
            )
            .ConfigureAwait(false);
        return tls;
    }

    private static bool IsFailure(Exception e) => e is IOException or AuthenticationException || ClientSocket.IsEnd(e);

    private static string Reason(Exception e) => e is OperationCanceledException ? "it took too long" : e.Message;
}
