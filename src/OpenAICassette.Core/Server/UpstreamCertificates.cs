using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenAICassette.Server;

/// <summary>
/// Decides whether the certificate of a service is trusted: by the system, or by authorities of a file, such as that of
/// a company's own proxy.
/// </summary>
internal sealed class UpstreamCertificates
{
    /// <summary>The variable that OpenSSL and many clients read; .NET itself reads it on Linux only.</summary>
    private const string Variable = "SSL_CERT_FILE";

    private readonly Lazy<X509Certificate2Collection> _authorities;

    /// <summary>Reads the authorities.</summary>
    /// <param name="path">A file with certificates; null for the one that SSL_CERT_FILE names, if any.</param>
    /// <exception cref="ArgumentException">The file cannot be read, or has no certificate.</exception>
    public UpstreamCertificates(string? path)
    {
        _authorities = new(() => Read(path ?? Environment.GetEnvironmentVariable(Variable)));
        if (path is not null)
        {
            _ = _authorities.Value;
        }
    }

    /// <summary>Returns true for a certificate that is trusted.</summary>
    /// <exception cref="UpstreamCertificateException">It is not trusted.</exception>
    public bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var host = (sender as SslStream)?.TargetHostName ?? "the upstream";
        var reason =
            errors == SslPolicyErrors.None ? null
            : certificate is null ? "sent no certificate"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "has a certificate for other names"
            : IsFromAuthority(certificate, chain) ? null
            : $"has a certificate that is not trusted ({StatusOf(chain)})";
        return reason is null
            ? true
            : throw new UpstreamCertificateException(
                $"{host} {reason}. If you trust it, name a PEM file with the certificate of its authority: "
                    + $"-UpstreamCertificate, --upstream-certificate or the variable {Variable}"
            );
    }

    private bool IsFromAuthority(X509Certificate certificate, X509Chain? sent)
    {
        if (_authorities.Value.Count == 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities.Value);
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        using var own = new X509Certificate2(certificate);
        return chain.Build(own);
    }

    private static string StatusOf(X509Chain? chain) =>
        string.Join(", ", chain?.ChainStatus.Select(status => status.Status.ToString()).Distinct() ?? []);

    private static X509Certificate2Collection Read(string? path)
    {
        var found = new X509Certificate2Collection();
        if (string.IsNullOrEmpty(path))
        {
            return found;
        }

        try
        {
            if (File.ReadAllBytes(path).AsSpan().IndexOf("-----BEGIN"u8) >= 0)
            {
                found.ImportFromPemFile(path);
            }
            else
            {
                found.Add(X509CertificateLoader.LoadCertificateFromFile(path));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ArgumentException($"{path}: the certificates of the upstream cannot be read: {e.Message}", e);
        }

        return found.Count > 0 ? found : throw new ArgumentException($"{path}: the file has no certificate");
    }
}

/// <summary>The exception that is thrown when the certificate of a service is not trusted.</summary>
internal sealed class UpstreamCertificateException(string message) : AuthenticationException(message);
