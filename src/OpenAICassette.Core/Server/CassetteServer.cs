using System.Globalization;
using OpenAICassette.Apis;
using OpenAICassette.Http;
using OpenAICassette.Matching;
using OpenAICassette.Replay;
using OpenAICassette.Server;

namespace OpenAICassette;

/// <summary>Answers clients in any language from cassettes: they need only another base URL.</summary>
/// <example>
/// <code>
/// var files = CassetteStore.Find("recordings", recurse: true);
/// await using var server = CassetteServer.Start(files);
/// Environment.SetEnvironmentVariable("OPENAI_BASE_URL", $"{server.Uri}v1");
/// </code>
/// </example>
public sealed class CassetteServer : IDisposable, IAsyncDisposable
{
    private readonly RequestPlayer _player;
    private readonly RecordingProxy? _proxy;
    private readonly CassetteHandler _handler;
    private readonly HttpServer _server;
    private readonly CassetteServerOptions _options;
    private bool _isStopped;

    private static RequestPlayer PlayerFor(CassetteServerOptions options) =>
        new(options.Replay, options.Mode != RecordMode.None) { Journal = { RunningTest = options.RunningTest } };

    private CassetteServer(CassetteServerOptions given, RequestPlayer player, CassetteWatch? watch)
    {
        var counters = new ServerCounters();
        var options = given with { Answering = counters.Count + given.Answering };
        _options = options;
        _player = player;
        _proxy = options.Mode == RecordMode.None ? null : new RecordingProxy(options, player);
        Proxy = options.Proxy is { } proxy
            ? new ForwardProxy(
                proxy,
                new CapturedHosts(proxy.Hosts, proxy.AllHosts, KnownServices(player, options)),
                isOffline: options.Mode == RecordMode.None
            )
            : null;
        _handler = new CassetteHandler(
            player,
            _proxy,
            new ControlRoutes(player, counters),
            new SessionHandler(player, _proxy, options),
            watch,
            options
        );
        _server = new HttpServer(
            new HttpServerOptions
            {
                Address = options.ListenAddress,
                Port = options.Port,
                AllowOrigin = options.AllowOrigin,
                MaxFileBodyBytes = 1 << 30,
                Proxy = Proxy,
            },
            _handler
        );
    }

    /// <summary>Completes when the server has stopped.</summary>
    public event EventHandler? Stopped;

    /// <summary>Gets the address for clients, with a trailing slash.</summary>
    public Uri Uri => _server.Uri;

    /// <summary>Gets the port.</summary>
    public int Port => _server.EndPoint.Port;

    /// <summary>Gets whether the server is running.</summary>
    public bool IsRunning => !Volatile.Read(ref _isStopped);

    /// <summary>Gets the requests in order, at most the last ten thousand.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _player.Journal.Requests;

    /// <summary>Gets the number of requests.</summary>
    public int RequestCount => _player.Journal.Received;

    /// <summary>Gets the number of requests that no recording answered.</summary>
    public int MissCount => _player.Unmatched;

    /// <summary>
    /// Gets the number of requests that should have been recorded and were not; see <see cref="ReceivedRequest.Error"/>
    /// for the reasons.
    /// </summary>
    public int LostCount => _player.Journal.Lost;

    /// <summary>Gets the number of interactions that the server can answer with.</summary>
    public int InteractionCount => _player.Plays.Count;

    /// <summary>Gets the interactions that were not played yet.</summary>
    public IReadOnlyList<Interaction> Unused =>
        _player.Plays.Where(played => played.Plays == 0).Select(played => played.Interaction).ToArray();

    /// <summary>Gets the interactions that were played, each once.</summary>
    public IReadOnlyList<Interaction> Played =>
        _player.Plays.Where(played => played.Plays > 0).Select(played => played.Interaction).ToArray();

    /// <summary>Gets the environment variables by which clients find the server, with an invalid key.</summary>
    public IReadOnlyDictionary<string, string> ClientVariables
    {
        get
        {
            var root = Uri.ToString().TrimEnd('/');
            var variables = new SortedList<string, string>(StringComparer.Ordinal)
            {
                ["NO_PROXY"] = string.Create(CultureInfo.InvariantCulture, $"{Uri.Host},localhost"),
            };
            foreach (var family in ApiFamilies.All)
            {
                foreach (var (name, value) in family.ClientVariables(root))
                {
                    variables[name] = value;
                }
            }

            return variables;
        }
    }

    /// <summary>Gets the forward proxy; null if the server is none.</summary>
    internal ForwardProxy? Proxy { get; }

    /// <summary>Starts a server with cassettes that are already loaded.</summary>
    /// <param name="cassettes">The cassettes.</param>
    /// <param name="options">Where to listen and how to answer; null for the defaults.</param>
    /// <exception cref="CassetteException">
    /// A file cannot be read any more, or has changed since it was listed.
    /// </exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The address or port cannot be listened on.</exception>
    public static CassetteServer Start(IEnumerable<Cassette> cassettes, CassetteServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cassettes);
        options ??= new CassetteServerOptions();
        options.Check();
        var player = PlayerFor(options);
        foreach (var cassette in cassettes)
        {
            player.Add(player.Prepare(cassette));
        }

        return Start(player, options, watch: null);
    }

    /// <summary>Starts a server with the cassettes of files and folders, which are read on all cores.</summary>
    /// <param name="files">The files, as <see cref="CassetteStore.Find"/> gives them.</param>
    /// <param name="options">Where to listen and how to answer; null for the defaults.</param>
    /// <param name="problem">Receives each file that cannot be loaded; null to fail at the first one.</param>
    /// <param name="cancellation">Stops the loading.</param>
    /// <exception cref="CassetteException">
    /// A file could not be loaded, and <paramref name="problem"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The address or port cannot be listened on.</exception>
    public static CassetteServer Start(
        IEnumerable<CassetteFile> files,
        CassetteServerOptions? options = null,
        Action<CassetteLoad>? problem = null,
        CancellationToken cancellation = default
    )
    {
        options ??= new CassetteServerOptions();
        options.Check();
        var player = PlayerFor(options);
        var watch = options.Watched.Count > 0 ? new CassetteWatch(options.Watched, player, problem) : null;
        foreach (
            var (load, entries) in CassetteStore.Lend(files, (cassette, _) => player.Prepare(cassette), cancellation)
        )
        {
            options.Loading?.Invoke();
            watch?.Add(load, entries);
            if (entries is not null)
            {
                player.Add(entries);
            }
            else if (problem is not null)
            {
                problem(load);
            }
            else if (load.Error is { } error)
            {
                throw error;
            }
        }

        return Start(player, options, watch);
    }

    /// <summary>Stops listening, ends open streams, completes recordings and closes all connections.</summary>
    public void Stop() => StopAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Stops listening, ends open streams, completes recordings and closes all connections.</summary>
    public async ValueTask StopAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, true))
        {
            return;
        }

        var recording = _proxy?.StopAsync(_options.StopGrace) ?? Task.CompletedTask;
        await _server.StopAsync(_options.StopGrace).ConfigureAwait(false);
        await recording.ConfigureAwait(false);
        ServerPorts.Remove(Port);
        _handler.Dispose();
        Stopped?.Invoke(this, EventArgs.Empty);
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => StopAsync();

    /// <summary>Returns the address.</summary>
    public override string ToString() => Uri.ToString();

    /// <summary>Returns the services of recordings and of stand-ins.</summary>
    private static IEnumerable<Uri> KnownServices(RequestPlayer player, CassetteServerOptions options) =>
        player
            .Plays.Select(play => RecordedHost.Of(play.Interaction.Url ?? string.Empty))
            .OfType<string>()
            .Concat(options.UpstreamOfHost.Keys)
            .Select(authority => new Uri($"https://{authority}/"));

    private static CassetteServer Start(RequestPlayer player, CassetteServerOptions options, CassetteWatch? watch)
    {
        var server = new CassetteServer(options, player, watch);
        server._server.Start();
        ServerPorts.Add(server.Port);
        return server;
    }
}
