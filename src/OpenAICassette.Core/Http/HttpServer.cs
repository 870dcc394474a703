using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OpenAICassette.Http;

/// <summary>
/// Represents an HTTP/1.1 server (RFC 9110, RFC 9112), which accepts connections, passes requests to the handler and
/// enforces its limits.
/// </summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private const int MaxRefusals = 256;

    private static readonly TimeSpan s_disposing = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestSweep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_shortestSweep = TimeSpan.FromMilliseconds(10);

    private readonly Socket _listener;
    private readonly Timer _sweep;
    private readonly ConcurrentDictionary<HttpConnection, byte> _open = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateField _date = new(DateTimeOffset.UnixEpoch);
    private int _openCount;
    private long _connections;

    /// <summary>Prepares a server that does not listen yet.</summary>
    /// <param name="options">The address and the limits.</param>
    /// <param name="handler">Answers the requests.</param>
    /// <exception cref="ArgumentException">An option is not valid.</exception>
    public HttpServer(HttpServerOptions options, IHttpHandler handler)
    {
        // A body is a single array.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxBodyBytes, 1L << 30);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxHeaderBytes, 1 << 24);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MinBodyBytesPerSecond);
        Options = options;
        Handler = handler;
        OwnHost = new OwnHost(options.Address);
        CrossOrigin = new CrossOrigin(options.AllowOrigin);
        Bodies = new BodyBudget(options.MaxBodiesInFlight);
        Files = new BodyBudget(options.MaxFilesInFlight);
        Stopping = _stopping.Token;
        _listener = new Socket(options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (options.Address.Equals(IPAddress.IPv6Any))
        {
            _listener.DualMode = true;
        }

        _sweep = new Timer(_ => Sweep(Environment.TickCount64));
        EndPoint = new IPEndPoint(options.Address, options.Port);
    }

    /// <summary>Gets the endpoint that it listens on.</summary>
    public IPEndPoint EndPoint { get; private set; }

    /// <summary>Gets the address for clients on this machine.</summary>
    public Uri Uri
    {
        get
        {
            var address =
                EndPoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
                : EndPoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
                : EndPoint.Address;
            return new Uri($"http://{new IPEndPoint(address, EndPoint.Port)}/");
        }
    }

    /// <summary>Gets the number of open connections.</summary>
    public int OpenConnections => Volatile.Read(ref _openCount);

    /// <summary>Gets the number of all connections so far.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Gets the options.</summary>
    internal HttpServerOptions Options { get; }

    /// <summary>Answers the requests.</summary>
    internal IHttpHandler Handler { get; }

    /// <summary>Gets the host names of the server.</summary>
    internal OwnHost OwnHost { get; }

    /// <summary>Gets the origins that may read the answers.</summary>
    internal CrossOrigin CrossOrigin { get; }

    /// <summary>Gets the current Date field.</summary>
    internal DateField Date
    {
        get
        {
            var now = DateTimeOffset.UtcNow;
            var date = Volatile.Read(ref _date);
            if (!date.IsOf(now))
            {
                Volatile.Write(ref _date, date = new DateField(now));
            }

            return date;
        }
    }

    /// <summary>Gets the budget for bodies.</summary>
    internal BodyBudget Bodies { get; }

    /// <summary>Gets the budget for bodies in temporary files.</summary>
    internal BodyBudget Files { get; }

    /// <summary>Gets a token that is canceled when the server stops.</summary>
    internal CancellationToken Stopping { get; }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="SocketException">
    /// The port is in use, or the address is not an address of this machine.
    /// </exception>
    public void Start()
    {
        _listener.Bind(EndPoint);
        _listener.Listen(int.MaxValue);
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        var period = SweepPeriod();
        _sweep.Change(period, period);
        _ = AcceptAsync();
    }

    /// <summary>
    /// Stops: no connection is accepted, idle ones are closed, and handlers are notified so that they can end their
    /// streams.
    /// </summary>
    /// <param name="grace">
    /// The time that they may take, after which their connections are cut off. The server does not wait for a handler
    /// that ignores its tokens.
    /// </param>
    public async ValueTask StopAsync(TimeSpan grace)
    {
        _ = _stopping.CancelAsync();
        _listener.Dispose();
        ForAll(connection => connection.EndIdle());
        if (!await IsEmptyAfterAsync(grace).ConfigureAwait(false))
        {
            ForAll(connection => connection.Abort());
            await IsEmptyAfterAsync(s_disposing).ConfigureAwait(false);
        }

        await _sweep.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => StopAsync(s_disposing);

    /// <summary>Removes a connection that has ended.</summary>
    /// <param name="connection">The connection.</param>
    internal void Remove(HttpConnection connection)
    {
        _open.TryRemove(connection, out _);
        if (Interlocked.Decrement(ref _openCount) == 0 && Stopping.IsCancellationRequested)
        {
            _emptied.TrySetResult();
        }
    }

    /// <summary>Opens a connection within the process, whose requests are for a service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The client's end.</returns>
    internal async ValueTask<Socket> OpenAsync(Uri service)
    {
        var (client, own) = await SocketPair.CreateAsync(Stopping).ConfigureAwait(false);
        Take(own, service);
        return client;
    }

    private async Task AcceptAsync()
    {
        while (!Stopping.IsCancellationRequested)
        {
            try
            {
                Take(await _listener.AcceptAsync().ConfigureAwait(false));
            }
            catch (SocketException) when (!Stopping.IsCancellationRequested)
            {
                // For example, no descriptors are left; connections that end release some.
                await Task.Delay(s_shortestSweep, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Take(Socket socket, Uri? service = null)
    {
        socket.NoDelay = true;
        var count = Interlocked.Increment(ref _openCount);
        Interlocked.Increment(ref _connections);
        var isRefused = count > Options.MaxConnections;
        var connection = new HttpConnection(this, new ClientSocket(socket, Options), isRefused, service);
        _open[connection] = 0;
        if (Stopping.IsCancellationRequested || count > Options.MaxConnections + MaxRefusals)
        {
            connection.Abort();
            Remove(connection);
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(connection, preferLocal: false);
    }

    /// <summary>Ends overdue connections.</summary>
    /// <param name="now">The time in ms of <see cref="Environment.TickCount64"/>.</param>
    internal void Sweep(long now) => ForAll(connection => connection.Sweep(now));

    private void ForAll(Action<HttpConnection> action)
    {
        foreach (var (connection, _) in _open)
        {
            action(connection);
        }
    }

    private async ValueTask<bool> IsEmptyAfterAsync(TimeSpan limit)
    {
        if (OpenConnections > 0)
        {
            await Task.WhenAny(_emptied.Task, Task.Delay(limit, CancellationToken.None)).ConfigureAwait(false);
        }

        return OpenConnections == 0;
    }

    private TimeSpan SweepPeriod()
    {
        var period = s_longestSweep;
        foreach (var limit in (ReadOnlySpan<TimeSpan>)[Options.HeaderTimeout, Options.BodyTimeout, Options.IdleTimeout])
        {
            if (limit >= TimeSpan.Zero && limit / 4 < period)
            {
                period = limit / 4;
            }
        }

        return period < s_shortestSweep ? s_shortestSweep : period;
    }
}
