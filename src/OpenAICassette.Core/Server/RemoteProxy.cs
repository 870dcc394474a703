using System.Net;

namespace OpenAICassette.Server;

/// <summary>Returns the system's proxy for remote hosts; local ones are reached directly.</summary>
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
