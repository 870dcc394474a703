using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using OpenAICassette.Http;

namespace OpenAICassette.Server;

/// <summary>
/// Answers in the place of captured hosts and passes everything else on unread; where nothing may leave the machine,
/// other hosts are refused.
/// </summary>
/// <param name="options">What is captured.</param>
/// <param name="captured">The captured hosts.</param>
/// <param name="isOffline">True if no other host may be reached.</param>
internal sealed class ForwardProxy(ForwardProxyOptions options, CapturedHosts captured, bool isOffline) : IForwardProxy
{
    /// <summary>A program can ask for any number of hosts.</summary>
    private const int MostSeen = 10_000;

    private static readonly List<SslApplicationProtocol> s_protocols = [SslApplicationProtocol.Http11];

    private readonly ConcurrentDictionary<ProxiedHost, int> _seen = new();
    private readonly IWebProxy _system = new RemoteProxy();

    /// <summary>
    /// Gets the hosts that are not captured and the problems, with the number of connections, in alphabetical order.
    /// </summary>
    public IReadOnlyList<(ProxiedHost Host, int Count)> Seen =>
        [
            .. _seen
                .Select(seen => (seen.Key, seen.Value))
                .OrderBy(seen => seen.Key.Target.ToString(), StringComparer.Ordinal)
                .ThenBy(seen => seen.Key.Problem, StringComparer.Ordinal),
        ];

    /// <inheritdoc/>
    public ProxyToken? Token => options.Token;

    /// <inheritdoc/>
    public bool IsPrivate => options.IsPrivate;

    /// <inheritdoc/>
    public ProxyRoute Choose(HostPort target) =>
        captured.Contains(target) ? ProxyRoute.Capture
        : isOffline ? ProxyRoute.Refuse
        : ProxyRoute.Tunnel;

    /// <inheritdoc/>
    public string WhyRefused(HostPort target)
    {
        Add(new ProxiedHost(target, ProxyRoute.Refuse, null));
        return $"{target} is not captured, and in the mode {RecordMode.None} nothing else leaves the machine. "
            + $"To record it, specify the host {target.Host}.";
    }

    /// <inheritdoc/>
    public SslServerAuthenticationOptions TlsFor(string host) =>
        new()
        {
            ServerCertificateContext = options.Authority.Issue(host.Trim('[', ']')),
            ApplicationProtocols = s_protocols,
        };

    /// <inheritdoc/>
    public async ValueTask<Socket> ConnectAsync(HostPort target, CancellationToken cancellation)
    {
        string? refusal = null;
        try
        {
            return await TunnelConnector
                .ConnectAsync(_system, target, options.AllowPrivateNetwork, cancellation)
                .ConfigureAwait(false);
        }
        catch (RefusedHostException e)
        {
            refusal = e.Message;
            throw;
        }
        finally
        {
            Add(new ProxiedHost(target, refusal is null ? ProxyRoute.Tunnel : ProxyRoute.Refuse, refusal));
        }
    }

    /// <inheritdoc/>
    public void Report(HostPort target, string problem) => Add(new ProxiedHost(target, Choose(target), problem));

    private void Add(ProxiedHost host)
    {
        if (_seen.Count < MostSeen && _seen.AddOrUpdate(host, 1, (_, count) => count + 1) == 1)
        {
            options.Seen?.Invoke(host);
        }
    }
}
