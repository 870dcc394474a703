using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net.Sockets;
using OpenAICassette.Text;

namespace OpenAICassette.Http;

/// <summary>Represents one request and answers it once: with a whole answer or a stream.</summary>
internal sealed class HttpExchange(ClientSocket client, RequestHead head, HttpServer server)
{
    private static long s_connections;

    private State _state;
    private string? _connection;
    private bool _isRaw;

    private enum State
    {
        /// <summary>Nothing was sent.</summary>
        New,

        /// <summary>A stream in chunks has begun.</summary>
        Chunks,

        /// <summary>A stream that ends with the connection has begun.</summary>
        UntilClose,

        /// <summary>
        /// A stream whose data is not sent has begun: the request is HEAD, or the status has no body.
        /// </summary>
        NoBody,

        /// <summary>The answer is complete.</summary>
        Ended,
    }

    /// <summary>Gets the method as sent.</summary>
    public string Method => head.Method;

    /// <summary>Gets the target as sent: a path with a query, or a URL.</summary>
    public string Target => head.Target.Text;

    /// <summary>Gets the path of the target without host and query, percent-encoded.</summary>
    public string Path => head.Target.Path[Base.Length..];

    /// <summary>Gets what stands before the path of all requests for the server itself; empty for nothing.</summary>
    public string Base { get; internal set; } = string.Empty;

    /// <summary>Gets the query of the target without the question mark; empty if there is none.</summary>
    public string Query => head.Target.Query;

    /// <summary>
    /// Gets or sets the service that the request is for, with its scheme, host and port: the one that the client of a
    /// proxy named; null if the client named none.
    /// </summary>
    public Uri? Service { get; set; }

    /// <summary>Gets whether the client uses the server as a proxy, so that all URLs it sees are the service's.</summary>
    public bool IsProxied { get; private set; }

    /// <summary>Gets the header fields as sent.</summary>
    public HttpHeaders Headers => head.Headers;

    /// <summary>Gets the body without chunks and compression.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Gets a name for the connection that no other connection of the process has.</summary>
    public string Connection =>
        _connection ??= string.Create(
            CultureInfo.InvariantCulture,
            $"connection {Interlocked.Increment(ref s_connections)}"
        );

    /// <summary>Gets a token that is canceled when the client resets the connection or a send fails.</summary>
    public CancellationToken Aborted => client.Aborted.Token;

    /// <summary>
    /// Gets a token that is canceled when the client shuts down its sending side. The client may still wait for its
    /// answer, or have disconnected; a handler that sends nothing for long has no better sign.
    /// </summary>
    public CancellationToken Finished => client.Finished.Token;

    /// <summary>Gets a token that is canceled when the server stops.</summary>
    public CancellationToken Stopping => server.Stopping;

    /// <summary>Gets whether a web page of another site sent the request.</summary>
    public bool IsFromOtherSite => !IsProxied && server.CrossOrigin.IsForeign(Headers);

    /// <summary>Gets the server's budget for bodies.</summary>
    public BodyBudget Bodies => server.Bodies;

    /// <summary>Gets the budget for bodies in temporary files.</summary>
    public BodyBudget Files => server.Files;

    /// <summary>Gets whether a part of the answer was sent.</summary>
    public bool HasBegun => _state != State.New;

    /// <summary>Gets whether the connection stays open after the answer.</summary>
    internal bool KeepsAlive { get; private set; }

    private bool IsHead => head.Method == "HEAD";

    /// <summary>Sends a whole answer.</summary>
    /// <param name="response">The answer.</param>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
    public ValueTask SendAsync(RenderedResponse response)
    {
        CheckNew();
        _state = State.Ended;
        KeepsAlive &= !Stopping.IsCancellationRequested && !(head.IsHttp10 && response.IsChunked);
        var isWhole = !head.IsHttp10 && !IsHead;
        if (isWhole && response.IsShort && KeepsAlive && server.CrossOrigin.Fields.Length == 0)
        {
            return client.SendAsync(response.At(server.Date));
        }

        var fields = new ByteBuilder(128);
        AppendOwnFields(fields, response.HasDate);
        return isWhole && !response.IsShort
            ? SendAsync(response.With(fields.Span, isHttp10: false, isHead: true), response.Body)
            : client.SendAsync(response.With(fields.Span, head.IsHttp10, IsHead));
    }

    /// <summary>Begins a streamed answer: sends its head.</summary>
    /// <param name="status">The status.</param>
    /// <param name="headers">The fields; those of the framing are set by the server and ignored.</param>
    /// <exception cref="ArgumentException">The status is not final, or a field is invalid.</exception>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
    public ValueTask BeginAsync(int status, IEnumerable<KeyValuePair<string, string>> headers)
    {
        CheckNew();
        var bytes = new ByteBuilder(512);
        var hasDate = ResponseHead.Write(bytes, status, headers);
        var hasBody = ResponseHead.AllowsBody(status);
        if (hasBody && !head.IsHttp10)
        {
            ResponseHead.WriteField(bytes, "Transfer-Encoding", "chunked");
        }

        _state =
            !hasBody || IsHead ? State.NoBody
            : head.IsHttp10 ? State.UntilClose
            : State.Chunks;
        KeepsAlive &= !Stopping.IsCancellationRequested && _state != State.UntilClose;
        AppendOwnFields(bytes, hasDate);
        bytes.Append("\r\n"u8);
        return client.SendAsync(bytes.ToArray());
    }

    /// <summary>Sends a piece of the stream as one chunk, immediately.</summary>
    /// <param name="data">The piece; an empty one is ignored.</param>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data)
    {
        CheckStreaming();
        return data.IsEmpty || _state == State.NoBody ? ValueTask.CompletedTask
            : _state == State.UntilClose ? client.SendAsync(data)
            : WriteChunkAsync(data);
    }

    /// <summary>Ends the stream.</summary>
    /// <param name="trailers">The fields after the body, which only a stream in chunks can carry.</param>
    /// <exception cref="ArgumentException">A field is invalid.</exception>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
    public ValueTask EndAsync(params IReadOnlyList<KeyValuePair<string, string>> trailers)
    {
        CheckStreaming();
        var isChunked = _state == State.Chunks;
        _state = State.Ended;
        if (!isChunked)
        {
            return ValueTask.CompletedTask;
        }

        var end = new ByteBuilder(64);
        end.Append("0\r\n"u8);
        foreach (var (name, value) in trailers)
        {
            ResponseHead.WriteField(end, name, value);
        }

        end.Append("\r\n"u8);
        return client.SendAsync(end.ToArray());
    }

    /// <summary>Sends bytes outside the framing of the answer. The connection ends after it.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
    public ValueTask WriteRawAsync(ReadOnlyMemory<byte> bytes)
    {
        _isRaw = true;
        KeepsAlive = false;
        return client.SendAsync(bytes);
    }

    /// <summary>Switches to another protocol: the connection carries no more requests.</summary>
    /// <param name="fields">The fields of the answer.</param>
    /// <returns>The stream of the connection.</returns>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
    public async ValueTask<Stream> UpgradeAsync(IEnumerable<KeyValuePair<string, string>> fields)
    {
        CheckNew();
        _state = State.Ended;
        KeepsAlive = false;
        var bytes = new ByteBuilder(256);
        bytes.Append("HTTP/1.1 101 Switching Protocols\r\n"u8);
        foreach (var (name, value) in fields)
        {
            ResponseHead.WriteField(bytes, name, value);
        }

        bytes.Append(server.Date.Line.Span);
        bytes.Append("\r\n"u8);
        await client.SendAsync(bytes.ToArray()).ConfigureAwait(false);
        return new NetworkStream(client.Detach(), ownsSocket: false);
    }

    /// <summary>Resets the connection.</summary>
    public void Abort()
    {
        _state = State.Ended;
        KeepsAlive = false;
        client.Abort();
    }

    /// <summary>Closes the connection, even in the middle of a stream, which then remains incomplete.</summary>
    public void Close()
    {
        _state = State.Ended;
        KeepsAlive = false;
        client.EndSending();
    }

    /// <summary>Prepares for a request.</summary>
    /// <param name="body">The body.</param>
    /// <param name="keepsAlive">True if the client keeps the connection open.</param>
    /// <param name="service">The service that the client of a proxy named; null for none.</param>
    internal void Reset(ReadOnlyMemory<byte> body, bool keepsAlive, Uri? service = null)
    {
        Service = service;
        IsProxied = service is not null;
        Body = body;
        KeepsAlive = keepsAlive;
        _state = State.New;
        _isRaw = false;
    }

    /// <summary>Ends a stream that the handler left open.</summary>
    internal ValueTask CompleteAsync() =>
        _state switch
        {
            State.Ended => ValueTask.CompletedTask,
            _ when _isRaw => ValueTask.CompletedTask,
            State.New => RefuseAsync(500, "the server has no answer"),
            _ => EndAsync(),
        };

    /// <summary>Ends a stream that the handler left open because the server stops.</summary>
    internal ValueTask StopAsync()
    {
        KeepsAlive = false;
        return HasBegun ? CompleteAsync() : RefuseAsync(503, "the server stops");
    }

    /// <summary>
    /// Sends an error of the server, or cuts off an answer that has begun. The connection ends after it.
    /// </summary>
    internal ValueTask RefuseAsync(int status, string message)
    {
        KeepsAlive = false;
        return HasBegun || _isRaw ? ValueTask.CompletedTask : SendAsync(ErrorResponse.Create(status, message));
    }

    private async ValueTask WriteChunkAsync(ReadOnlyMemory<byte> data)
    {
        const int MaxFraming = 12;
        var frame = ArrayPool<byte>.Shared.Rent(data.Length + MaxFraming);
        try
        {
            Utf8Formatter.TryFormat(data.Length, frame, out var length, 'x');
            length += Append(frame, length, "\r\n"u8);
            length += Append(frame, length, data.Span);
            length += Append(frame, length, "\r\n"u8);
            await client.SendAsync(frame.AsMemory(0, length)).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    private static int Append(byte[] frame, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(frame.AsSpan(at));
        return bytes.Length;
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> then)
    {
        await client.SendAsync(first).ConfigureAwait(false);
        await client.SendAsync(then).ConfigureAwait(false);
    }

    private void AppendOwnFields(ByteBuilder fields, bool hasDate)
    {
        if (!hasDate)
        {
            fields.Append(server.Date.Line.Span);
        }

        fields.Append(server.CrossOrigin.Fields);
        if (!KeepsAlive)
        {
            fields.Append("Connection: close\r\n"u8);
        }
        else if (head.IsHttp10)
        {
            fields.Append("Connection: keep-alive\r\n"u8);
        }
    }

    private void CheckNew()
    {
        if (_state != State.New)
        {
            throw new InvalidOperationException("the request was already answered");
        }
    }

    private void CheckStreaming()
    {
        if (_state is State.New or State.Ended)
        {
            throw new InvalidOperationException("no stream was begun");
        }
    }
}
