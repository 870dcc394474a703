using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenAICassette.Server;

/// <summary>
/// Signs the certificates with which a forward proxy answers in the place of hosts. It is made for one run: its key is
/// only in memory, and it signs only for hosts that the run captures.
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const int MostHosts = 4096;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly TimeSpan s_clockSkew = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_validity = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<string, Lazy<SslStreamCertificateContext>> _issued = new(
        StringComparer.OrdinalIgnoreCase
    );
    private readonly ECDsa _hostKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    /// <summary>Creates an authority with a new key.</summary>
    public CertificateAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            "CN=OpenAICassette (one run), O=OpenAICassette",
            key,
            HashAlgorithmName.SHA256
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = DateTimeOffset.UtcNow;
        _certificate = request.CreateSelfSigned(now - s_clockSkew, now + s_validity);
    }

    /// <summary>Gets the certificate that clients must trust, as PEM text without the key.</summary>
    public string Pem => _certificate.ExportCertificatePem() + "\n";

    /// <summary>Returns the certificate for exactly one host, with its key.</summary>
    /// <param name="host">The name or address, without brackets.</param>
    public SslStreamCertificateContext Issue(string host)
    {
        if (_issued.Count >= MostHosts)
        {
            _issued.Clear();
        }

        return _issued.GetOrAdd(host, name => new Lazy<SslStreamCertificateContext>(() => Create(name))).Value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _certificate.Dispose();
        _hostKey.Dispose();
    }

    private SslStreamCertificateContext Create(string host)
    {
        var request = new CertificateRequest(
            new X500DistinguishedName("O=OpenAICassette"),
            _hostKey,
            HashAlgorithmName.SHA256
        );
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true)
        );
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false)
        );
        using var signed = request.Create(
            _certificate,
            _certificate.NotBefore,
            _certificate.NotAfter,
            RandomNumberGenerator.GetBytes(16)
        );
        var certificate = WithKey(signed);
        return SslStreamCertificateContext.Create(certificate, [_certificate], offline: true);
    }

    private X509Certificate2 WithKey(X509Certificate2 signed)
    {
        var certificate = signed.CopyWithPrivateKey(_hostKey);
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        // Windows speaks TLS only with keys that it keeps itself until the certificate is disposed.
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        }
    }
}
