namespace OpenAICassette.Http;

/// <summary>Serves one connection, request by request, in order.</summary>
internal sealed class HttpConnection : IThreadPoolWorkItem
{
    private static readonly TimeSpan s_closing = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_closingAtStop = TimeSpan.FromMilliseconds(200);

    private readonly HttpServer _server;
    private readonly ClientSocket _client;
    private readonly bool _isRefused;
    private readonly Uri? _service;
    private readonly ReceiveBuffer _received;
    private readonly BodyShare _decoded;
    private readonly RequestHead _head;
    private readonly ChunkedBody _chunks;
    private readonly HttpExchange _exchange;

    /// <summary>Accepts a connection.</summary>
    /// <param name="server">The server.</param>
    /// <param name="client">The socket.</param>
    /// <param name="isRefused">True if there are too many connections: it is refused and closed.</param>
    /// <param name="service">The service that all requests are for; null if each may name its own, or none.</param>
    public HttpConnection(HttpServer server, ClientSocket client, bool isRefused, Uri? service = null)
    {
        _server = server;
        _client = client;
        _isRefused = isRefused;
        _service = service;
        _received = new ReceiveBuffer(new BodyShare(server.Bodies));
        _decoded = new BodyShare(server.Bodies);
        _head = new RequestHead(server.Options.MaxHeaderBytes, server.Options.Proxy is not null && service is null);
        _chunks = new ChunkedBody(server.Options);
        _exchange = new HttpExchange(client, _head, server);
    }

    /// <summary>Serves the connection.</summary>
    public void Execute() => _ = ServeAsync();

    /// <summary>Ends the connection if it has timed out.</summary>
    /// <param name="now">The time in ms of <see cref="Environment.TickCount64"/>.</param>
    public void Sweep(long now) => _client.Sweep(now);

    /// <summary>Ends the connection if it is idle.</summary>
    public void EndIdle() => _client.EndIdle();

    /// <summary>Cuts the connection off.</summary>
    public void Abort() => _client.Abort();

    private async Task ServeAsync()
    {
        var limit = s_closing;
        try
        {
            if (_isRefused)
            {
                _exchange.Reset(default, keepsAlive: false);
                await _exchange
                    .RefuseAsync(
                        503,
                        $"the server has {_server.Options.MaxConnections} connections, which is its limit"
                    )
                    .ConfigureAwait(false);
            }
            else
            {
                _client.LimitSendBuffer();
                await ServeRequestsAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (ClientSocket.IsEnd(e))
        {
            // The client disconnected, the connection timed out, or the server stops: nobody waits for an answer.
            limit = TimeSpan.Zero;
        }
        finally
        {
            _received.Clear();
            limit = _server.Stopping.IsCancellationRequested && limit > s_closingAtStop ? s_closingAtStop : limit;
            await _client.CloseAsync(_received.Room(), limit).ConfigureAwait(false);
            _server.Remove(this);
        }
    }

    private async ValueTask ServeRequestsAsync()
    {
        try
        {
            do
            {
                _client.Begin(_received.Length == 0 ? Wait.Request : Wait.Head);
                if (_server.Stopping.IsCancellationRequested)
                {
                    return;
                }

                while (!_head.Read(_received.Span))
                {
                    var count = await _client.ReceiveAsync(_received.Room()).ConfigureAwait(false);
                    if (count == 0 && _received.Length == 0)
                    {
                        return;
                    }

                    if (_received.Length == 0)
                    {
                        _client.Begin(Wait.Head);
                    }

                    Take(count);
                }

                await ServeRequestAsync().ConfigureAwait(false);
            } while (_exchange.KeepsAlive);
        }
        catch (BadRequestException e)
        {
            await RefuseAsync(e.Status, e.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_client.Expired is Wait.Head or Wait.Body)
        {
            await RefuseAsync(408, "the request took too long to arrive").ConfigureAwait(false);
        }
    }

    private ValueTask RefuseAsync(int status, string message)
    {
        _client.EndWait();
        _exchange.Reset(default, keepsAlive: false);
        return _exchange.RefuseAsync(status, message);
    }

    private ValueTask ServeRequestAsync() => _head.Method == "CONNECT" ? ConnectAsync() : AnswerAsync();

    private ValueTask ConnectAsync()
    {
        _head.Headers.Bind(_received.Memory);
        CheckToken();
        _client.EndWait();
        _exchange.Reset(default, keepsAlive: false);
        return _received.Length > _head.Length
            ? throw new BadRequestException(400, "the client sent more than CONNECT before it was answered")
            : new ProxyClient(_server, _client, _exchange, _server.Options.Proxy!).ConnectAsync(
                HostPort.Parse(_head.Target.Text)
            );
    }

    /// <summary>Refuses a request for a proxy without its token.</summary>
    private void CheckToken()
    {
        if (_server.Options.Proxy?.Token is { } token && !token.IsIn(_head.Headers))
        {
            throw new BadRequestException(407, "this proxy needs the user and password in its address");
        }
    }

    /// <summary>Returns what the path of a request for the server itself begins with: a token, or nothing.</summary>
    private string Base()
    {
        if (_server.Options.Proxy is not { IsPrivate: true, Token: { } token })
        {
            return string.Empty;
        }

        return token.Begins(_head.Target.Path)
            ? $"/{token.Value}"
            : throw new BadRequestException(403, "this server answers only to the program that it was started for");
    }

    /// <summary>Returns the service that the client of a proxy names in the target; null if it names none.</summary>
    private Uri? TargetService()
    {
        if (_server.Options.Proxy is null || _head.Target.Authority is not { } authority)
        {
            return null;
        }

        if (!Uri.TryCreate(_head.Target.Text[..authority.End.Value], UriKind.Absolute, out var service))
        {
            throw new BadRequestException(400, "the host in the request's target is not valid");
        }

        return OwnHost.IsOwn(service) && service.Port == _server.EndPoint.Port ? null : service;
    }

    private bool IsCaptured(Uri service) => _server.Options.Proxy!.Choose(HostPort.Of(service)) == ProxyRoute.Capture;

    /// <summary>Passes a request to a host for which the server does not answer.</summary>
    private ValueTask PassAsync(Uri service)
    {
        _client.EndWait();
        _exchange.Reset(default, keepsAlive: false);
        var sent = ProxiedRequest.Write(_head, service, _received.Span[_head.Length..]);
        return new ProxyClient(_server, _client, _exchange, _server.Options.Proxy!).PassAsync(service, sent);
    }

    private async ValueTask AnswerAsync()
    {
        _head.Headers.Bind(_received.Memory);
        var service = _service ?? TargetService();
        var isPassed = _service is null && service is not null && !IsCaptured(service);
        var mayBeFile = !isPassed && _server.Options.MaxFileBodyBytes > 0 && FileBody.Allows(_head.Headers);
        var longest =
            isPassed ? long.MaxValue
            : mayBeFile ? _server.Options.MaxFileBodyBytes
            : _server.Options.MaxBodyBytes;
        var framing = RequestFraming.Of(_head, longest);
        _server.OwnHost.Check(_head, _received.Span, isProxied: service is not null);
        if (service is not null && _service is null)
        {
            CheckToken();
        }

        _exchange.Base = service is null ? Base() : string.Empty;
        if (isPassed)
        {
            await PassAsync(service!).ConfigureAwait(false);
            return;
        }

        if (mayBeFile && framing.ContentLength > FileBody.Shortest)
        {
            await AnswerFileAsync(framing, service).ConfigureAwait(false);
            return;
        }

        using var file = mayBeFile && framing.IsChunked ? new ArrivingBody(_server.Files) : null;
        var length =
            framing.IsChunked ? await ReceiveChunksAsync(framing, longest, file).ConfigureAwait(false)
            : _received.Length >= _head.Length + framing.ContentLength ? (int)framing.ContentLength
            : await ReceiveBodyAsync(framing).ConfigureAwait(false);
        _client.EndWait();

        // Received bytes can move while more arrive; from here on they stay in place.
        _head.Headers.Bind(_received.Memory);
        try
        {
            var sent = file?.Length > 0 ? file.ToMemory() : _received.Memory.Slice(_head.Length, length);
            _exchange.Reset(
                ContentDecoder.Decode(_head.Headers, sent, _server.Options.MaxBodyBytes, _decoded),
                framing.KeepsAlive,
                service
            );
            await HandAsync().ConfigureAwait(false);
        }
        finally
        {
            _decoded.GiveAll();
        }

        _exchange.Reset(default, _exchange.KeepsAlive);
        _received.Consume(_head.Length + length);
        _head.Reset();
    }

    /// <summary>Answers a request whose body goes to a file as it arrives.</summary>
    private async ValueTask AnswerFileAsync(RequestFraming framing, Uri? service)
    {
        var share = new BodyShare(_server.Files);
        share.Take(framing.ContentLength);
        MappedBody? body = null;
        try
        {
            body = MappedBody.Create((int)framing.ContentLength);
            await GiveLeaveAsync(framing).ConfigureAwait(false);
            var early = Math.Min(_received.Length - _head.Length, (int)framing.ContentLength);
            _received.Memory.Slice(_head.Length, early).CopyTo(body.Memory);
            var began = Environment.TickCount64;
            for (var at = early; at < body.Memory.Length; )
            {
                _client.BeginBody(began, at);
                var count = await _client.ReceiveAsync(body.Memory[at..]).ConfigureAwait(false);
                at +=
                    count > 0
                        ? count
                        : throw new BadRequestException(400, "the connection ended before the request was complete");
            }

            _client.EndWait();
            _head.Headers.Bind(_received.Memory);
            _exchange.Reset(body.Memory, framing.KeepsAlive, service);
            await HandAsync().ConfigureAwait(false);
            _exchange.Reset(default, _exchange.KeepsAlive);
            _received.Consume(_head.Length + early);
            _head.Reset();
        }
        finally
        {
            body?.Release();
            share.GiveAll();
        }
    }

    private async ValueTask HandAsync()
    {
        try
        {
            var answering = _server.CrossOrigin.AnswerPreflight(_head) is { } preflight
                ? _exchange.SendAsync(preflight)
                : _server.Handler.AnswerAsync(_exchange);
            if (!answering.IsCompleted)
            {
                _client.Watch();
            }

            await answering.ConfigureAwait(false);
            await _exchange.CompleteAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_server.Stopping.IsCancellationRequested && !_client.Aborted.IsSet)
        {
            await _exchange.StopAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Other connections continue. The client does not receive what went wrong here.
            await _exchange.RefuseAsync(500, "the server failed to answer").ConfigureAwait(false);
            if (e is not IOException && !ClientSocket.IsEnd(e))
            {
                _server.Handler.Report(_exchange, e);
            }
        }
    }

    private async ValueTask<int> ReceiveBodyAsync(RequestFraming framing)
    {
        await GiveLeaveAsync(framing).ConfigureAwait(false);
        _received.Expect((int)(_head.Length + framing.ContentLength));
        var began = Environment.TickCount64;
        while (_received.Length < _head.Length + framing.ContentLength)
        {
            await ReceiveMoreAsync(began).ConfigureAwait(false);
        }

        return (int)framing.ContentLength;
    }

    /// <summary>Receives a body in chunks.</summary>
    /// <param name="framing">What the head says.</param>
    /// <param name="longest">The maximum length of the body.</param>
    /// <param name="file">Takes the body if it is large; null to keep it in memory.</param>
    /// <returns>The length of the body in the received bytes; 0 if it is in the file.</returns>
    private async ValueTask<int> ReceiveChunksAsync(RequestFraming framing, long longest, ArrivingBody? file)
    {
        _chunks.Begin(_head.Length, longest);
        if (!_chunks.Read(_received))
        {
            await GiveLeaveAsync(framing).ConfigureAwait(false);
            var began = Environment.TickCount64;
            do
            {
                if (file is not null && _chunks.Length > (file.Length > 0 ? 0 : FileBody.Shortest))
                {
                    _chunks.MoveTo(file, _received);
                }

                await ReceiveMoreAsync(began, file?.Length ?? 0).ConfigureAwait(false);
            } while (!_chunks.Read(_received));
        }

        if (file?.Length > 0)
        {
            _chunks.MoveTo(file, _received);
        }

        return _chunks.Length;
    }

    private ValueTask GiveLeaveAsync(RequestFraming framing) =>
        framing.ExpectsContinue
            ? _client.SendAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray())
            : ValueTask.CompletedTask;

    private async ValueTask ReceiveMoreAsync(long began, long before = 0)
    {
        _client.BeginBody(began, before + _received.Length - _head.Length);
        Take(await _client.ReceiveAsync(_received.Room()).ConfigureAwait(false));
    }

    private void Take(int count) =>
        _received.Add(
            count > 0
                ? count
                : throw new BadRequestException(400, "the connection ended before the request was complete")
        );
}
