using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OpenAICassette.Capture;

/// <summary>Reads the certificates that programs on this machine trust, as PEM text.</summary>
internal static class CertificateBundle
{
    /// <summary>The variables in which programs look for a file of certificates.</summary>
    public static readonly string[] Variables =
    [
        "SSL_CERT_FILE",
        "CURL_CA_BUNDLE",
        "REQUESTS_CA_BUNDLE",
        "GIT_SSL_CAINFO",
        "AWS_CA_BUNDLE",
    ];

    /// <summary>Where Debian, Red Hat, SUSE, macOS and Alpine keep the bundle of the system.</summary>
    private static readonly string[] s_places =
    [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
        "/etc/ssl/cert.pem",
    ];

    /// <summary>Returns the certificates of the system and of the files that the variables name.</summary>
    /// <param name="variable">Returns the value of a variable; null if it is not set.</param>
    public static string Read(Func<string, string?> variable)
    {
        var named = Variables.Select(variable).OfType<string>().Where(File.Exists);
        var files = named.Concat(s_places.Where(File.Exists).Take(1)).Select(Path.GetFullPath).Distinct().ToList();
        return files.Count > 0 ? string.Concat(files.Select(ReadFile)) : ReadStores();
    }

    /// <summary>Returns a file's text with a line end, or an empty text if it cannot be read.</summary>
    public static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd() + "\n";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    private static string ReadStores()
    {
        var bundle = new StringBuilder();
        foreach (var location in (StoreLocation[])[StoreLocation.LocalMachine, StoreLocation.CurrentUser])
        {
            using var store = new X509Store(StoreName.Root, location);
            store.Open(OpenFlags.ReadOnly);
            foreach (var certificate in store.Certificates)
            {
                bundle.Append(certificate.ExportCertificatePem()).Append('\n');
                certificate.Dispose();
            }
        }

        return bundle.ToString();
    }
}
