using System.Net;

namespace OpenAICassette.Server;

/// <summary>
/// The proxy that the system names, for hosts other than this one: what runs here is reached without one.
/// </summary>
internal sealed class RemoteProxy : IWebProxy
{
    private readonly IWebProxy _system = HttpClient.DefaultProxy;

    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => _system.Credentials;
        set => _system.Credentials = value;
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => _system.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => host.IsLoopback || _system.IsBypassed(host);
}
