using OpenAICassette.Http;
using OpenAICassette.Server;

namespace OpenAICassette.Cli;

/// <summary>
/// Represents the certificate authority of a forward proxy and the file with its certificate, which exists as long as
/// the proxy runs.
/// </summary>
internal sealed class ProxyCertificate : IDisposable
{
    private readonly string? _path;

    private ProxyCertificate(string? path)
    {
        _path = path is null ? null : Path.GetFullPath(path);
        Authority = path is null ? null : new CertificateAuthority();
        Token = path is null ? null : new ProxyToken();
    }

    /// <summary>Gets the authority; null if the server is no proxy.</summary>
    public CertificateAuthority? Authority { get; }

    /// <summary>Gets the word without which nobody can use the proxy; null if the server is no proxy.</summary>
    public ProxyToken? Token { get; }

    /// <summary>Creates an authority.</summary>
    /// <param name="path">The file for its certificate; null for none.</param>
    public static ProxyCertificate Create(string? path) => new(path);

    /// <summary>Returns the address of a server for its clients, with the token if it is a proxy.</summary>
    public Uri AddressOf(CassetteServer server) => Token?.In(server.Uri) ?? server.Uri;

    /// <summary>Writes the file, which only this user can read or change.</summary>
    public void Write()
    {
        if (_path is not null)
        {
            PrivateFile.Write(_path, Authority!.Pem);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_path is not null)
        {
            File.Delete(_path);
            Authority!.Dispose();
        }
    }
}
