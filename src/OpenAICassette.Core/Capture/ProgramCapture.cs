using OpenAICassette.Http;
using OpenAICassette.Server;

namespace OpenAICassette.Capture;

/// <summary>
/// Represents a proxy for programs: what they send to captured hosts is answered from recordings or recorded, while
/// they have the <see cref="Variables"/> in their environment.
/// </summary>
internal sealed class ProgramCapture : IDisposable
{
    private readonly CertificateAuthority _authority;
    private readonly ProgramFiles _files;

    private ProgramCapture(CassetteSession session, CertificateAuthority authority, ProgramFiles files)
    {
        Session = session;
        _authority = authority;
        _files = files;
    }

    /// <summary>Gets the recordings and the requests.</summary>
    public CassetteSession Session { get; }

    /// <summary>Gets the environment variables for the programs.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Gets the hosts that were not captured and the problems, with the number of connections.</summary>
    public IReadOnlyList<(ProxiedHost Host, int Count)> Others => Session.Server.Proxy!.Seen;

    /// <summary>Starts the proxy.</summary>
    /// <param name="options">What is captured.</param>
    /// <param name="cancellation">Stops the loading of recordings.</param>
    /// <exception cref="CassetteException">A recording could not be loaded.</exception>
    /// <exception cref="ArgumentException">The options contradict each other, or one is not valid.</exception>
    /// <exception cref="IOException">The folder for temporary files cannot be written to.</exception>
    public static ProgramCapture Start(ProgramOptions options, CancellationToken cancellation)
    {
        // The system's proxy is read once: before the variables of this process may lead to this proxy.
        _ = HttpClient.DefaultProxy;
        var authority = new CertificateAuthority();
        var token = new ProxyToken();
        ProgramFiles? files = null;
        try
        {
            files = ProgramFiles.Write(authority.Pem, Environment.GetEnvironmentVariable);
            var session = CassetteSession.Start(SessionFor(options, authority, token), cancellation);
            return new ProgramCapture(session, authority, files)
            {
                Variables = ProgramVariables.For(
                    session.Uri,
                    token,
                    files,
                    options,
                    Environment.GetEnvironmentVariable
                ),
            };
        }
        catch
        {
            files?.Dispose();
            authority.Dispose();
            throw;
        }
    }

    /// <summary>Completes recordings and closes all connections. The counts are final afterwards.</summary>
    public void Stop() => Session.Server.Stop();

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _files.Dispose();
        _authority.Dispose();
    }

    private static SessionOptions SessionFor(ProgramOptions options, CertificateAuthority authority, ProxyToken token)
    {
        var answering = options.Session.Server.Answering;
        return options.Session with
        {
            ServiceOf = options.Session.ServiceOf
                ?? (operation => KnownServices.Of(operation, Environment.GetEnvironmentVariable)),
            Server = options.Session.Server with
            {
                Answering = request =>
                {
                    answering?.Invoke(request);
                    options.Seen?.Invoke(ProgramReport.Line(request));
                },
                Proxy = new ForwardProxyOptions
                {
                    Authority = authority,
                    Token = token,
                    IsPrivate = true,
                    AllowPrivateNetwork = options.AllowPrivateNetwork,
                    Hosts = options.Hosts,
                    AllHosts = options.AllHosts,
                    Seen = host => options.Seen?.Invoke(ProgramReport.Line(host)),
                },
            },
        };
    }
}
