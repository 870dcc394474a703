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
        _path = path;
        Authority = path is null ? null : new CertificateAuthority();
    }

    /// <summary>Gets the authority; null if the server is no proxy.</summary>
    public CertificateAuthority? Authority { get; }

    /// <summary>Creates an authority.</summary>
    /// <param name="path">The file for its certificate; null for none.</param>
    public static ProxyCertificate Create(string? path) => new(path);

    /// <summary>Writes the file.</summary>
    public void Write()
    {
        if (_path is not null)
        {
            File.WriteAllText(_path, Authority!.Pem);
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
