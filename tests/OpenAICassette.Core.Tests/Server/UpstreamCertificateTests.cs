using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OpenAICassette.Tests;

public sealed class UpstreamCertificateTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly X509Certificate2 _authority = Authority();

    public void Dispose()
    {
        _folder.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_service_whose_authority_is_named_is_recorded()
    {
        var file = _folder.Add("authority.pem", Encoding.ASCII.GetBytes(_authority.ExportCertificatePem()));
        var answer = await AskAsync("localhost", file);
        Assert.Equal((200, RequestOutcome.Recorded), (answer.Status, answer.Outcome));
    }

    [Fact]
    public async Task One_that_nobody_trusts_is_named_with_the_remedy_and_not_recorded()
    {
        var answer = await AskAsync("localhost", authorities: null);
        Assert.Equal((502, RequestOutcome.Failed), (answer.Status, answer.Outcome));
        Assert.StartsWith(
            "not recorded: the connection to the upstream failed: localhost has a certificate that is not trusted (",
            answer.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("-UpstreamCertificate, --upstream-certificate", answer.Error, StringComparison.Ordinal);
        Assert.Contains("SSL_CERT_FILE", answer.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.FullName, "*.json", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_not_trusted_whoever_issued_it()
    {
        var file = _folder.Add("authority.pem", Encoding.ASCII.GetBytes(_authority.ExportCertificatePem()));
        var answer = await AskAsync("127.0.0.1", file);
        Assert.Contains("127.0.0.1 has a certificate for other names", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_certificate_is_refused_at_the_start()
    {
        var file = _folder.Add("empty [1].pem", "nothing"u8);
        var problem = Assert.Throws<ArgumentException>(() =>
        {
            using var server = Start("https://localhost", file);
        });
        Assert.StartsWith($"{file}: ", problem.Message, StringComparison.Ordinal);
    }

    private CassetteServer Start(string upstream, string? authorities) =>
        CassetteServer.Start(
            Array.Empty<CassetteFile>(),
            new CassetteServerOptions
            {
                Mode = RecordMode.NewEpisodes,
                Upstream = new Uri(upstream),
                RecordTo = Path.Join(_folder.FullName, "recordings"),
                UpstreamCertificate = authorities,
            }
        );

    private async Task<(int Status, RequestOutcome Outcome, string? Error)> AskAsync(string host, string? authorities)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var certificate = Issue("localhost");
        var answering = AnswerAsync(listener, certificate);
        await using var server = Start($"https://{host}:{((IPEndPoint)listener.LocalEndpoint).Port}", authorities);
        using var client = new HttpClient();
        using var body = new StringContent(RecordingSession.Hello, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(server.Uri, "v1/chat/completions"), body);
        await answering;
        var entry = Assert.Single(server.Requests);
        return ((int)answer.StatusCode, entry.Outcome, entry.Error);
    }

    /// <summary>Answers one request over TLS, if the client gets so far.</summary>
    private static async Task AnswerAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(certificate);
            var received = new StringBuilder();
            var buffer = new byte[4096];
            while (!received.ToString().EndsWith(RecordingSession.Hello, StringComparison.Ordinal))
            {
                var count = await stream.ReadAsync(buffer);
                if (count == 0)
                {
                    return;
                }

                received.Append(Encoding.UTF8.GetString(buffer, 0, count));
            }

            const string body = """{"id":"1","object":"chat.completion","model":"m","choices":[]}""";
            await stream.WriteAsync(
                Encoding.UTF8.GetBytes(
                    $"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {body.Length}\r\n\r\n{body}"
                )
            );
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            // The client does not trust the certificate.
        }
    }

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private X509Certificate2 Issue(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(
            _authority,
            DateTimeOffset.UtcNow.AddHours(-1),
            DateTimeOffset.UtcNow.AddHours(1),
            RandomNumberGenerator.GetBytes(8)
        );
        return issued.CopyWithPrivateKey(key);
    }
}
