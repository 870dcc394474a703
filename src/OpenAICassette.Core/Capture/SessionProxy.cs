using System.Net;
using OpenAICassette.Server;

namespace OpenAICassette.Capture;

/// <summary>
/// Represents the default proxy of the process, which is not used for requests that are led to a server of this process.
/// </summary>
internal sealed class SessionProxy(IWebProxy system) : IWebProxy
{
    private static readonly Lock s_lock = new();

    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => system.Credentials;
        set => system.Credentials = value;
    }

    /// <summary>
    /// Makes sure that the default proxy leaves a server of this process alone. Clients that have already sent a
    /// request keep the proxy that they had.
    /// </summary>
    /// <param name="server">The address of the server.</param>
    public static void Install(Uri server)
    {
        lock (s_lock)
        {
            if (HttpClient.DefaultProxy is not SessionProxy && !HttpClient.DefaultProxy.IsBypassed(server))
            {
                HttpClient.DefaultProxy = new SessionProxy(HttpClient.DefaultProxy);
            }
        }
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => ServerPorts.Has(destination) ? null : system.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => ServerPorts.Has(host) || system.IsBypassed(host);
}
