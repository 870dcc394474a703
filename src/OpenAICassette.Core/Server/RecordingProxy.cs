using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using OpenAICassette.Formats;
using OpenAICassette.Http;
using OpenAICassette.Matching;
using OpenAICassette.Recording;
using OpenAICassette.Replay;

namespace OpenAICassette.Server;

/// <summary>
/// Forwards requests to the upstream and records the answers. The client receives every byte as it arrives, but the end
/// of the answer only after the cassette is written: a client with the whole answer finds the file.
/// </summary>
internal sealed class RecordingProxy : IDisposable
{
    private const int BufferBytes = 16 << 10;

    /// <summary>The size from which an answer is large.</summary>
    private const int LargeBody = 1 << 20;

    private static readonly UriCreationOptions s_asSent = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly ConcurrentDictionary<Task, byte> _running = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _large = new(1);
    private readonly CassetteServerOptions _options;
    private readonly Recorder _recorder;
    private readonly RequestPlayer _player;
    private readonly Upstream _upstream;
    private bool _stopped;

    /// <summary>Prepares to record.</summary>
    /// <param name="options">What to record, from where and to which folder; already validated.</param>
    /// <param name="player">The cassettes from before, and those that are added.</param>
    public RecordingProxy(CassetteServerOptions options, RequestPlayer player)
    {
        _options = options;
        _player = player;
        _upstream = new Upstream(options);
        var format = options.RecordFormat is { } name ? ExchangeFile.Recordable(name) : null;
        var place = new RecordingPlace(
            options.RecordTo!,
            format,
            isReplaced: options.Mode == RecordMode.All,
            options.KeyNames
        );
        _recorder = new Recorder(player.Secrets, place, FaithfulReplay.Of);
        IsRecording = options.Mode != RecordMode.Once || player.Plays.Count == 0;
    }

    /// <summary>Gets whether recorded sessions are played.</summary>
    public bool Replays => _options.Mode != RecordMode.All;

    /// <summary>Gets whether requests without a recording are forwarded.</summary>
    public bool IsRecording { get; }

    /// <summary>
    /// Adds a request to the journal, without its secrets, and finds its answer if an earlier recording may give it.
    /// </summary>
    public RequestPlay Receive(ApiRequest request, HttpExchange exchange)
    {
        if (WhyNotForwarded(exchange) is var (status, reason))
        {
            return _player.Refuse(request, status, reason);
        }

        var url = _options.Mode == RecordMode.All ? null : _upstream.Address(exchange);
        return _player.ReceiveSent(request, exchange.Headers[RequestHeaders.Fault], url);
    }

    /// <summary>
    /// Answers a request from the upstream and records the answer. Equal requests do not wait for each other: each one
    /// is recorded.
    /// </summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="request">The request as received.</param>
    /// <param name="play">The request as it is in the journal.</param>
    /// <param name="links">Leads addresses of the service to this server.</param>
    public ValueTask AnswerAsync(HttpExchange exchange, ApiRequest request, RequestPlay play, ServiceLinks links) =>
        RunAsync(ForwardAsync(exchange, request, play, links));

    /// <summary>Passes a WebSocket session on to the upstream and records it.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="play">The request as it is in the journal.</param>
    /// <param name="begun">What the client has already had from a recording; null for nothing.</param>
    public ValueTask RelayAsync(HttpExchange exchange, SessionPlay play, BegunSession? begun) =>
        RunAsync(RelaySessionAsync(exchange, play, begun));

    /// <summary>Waits for answers that are being recorded.</summary>
    /// <param name="grace">How long answers may still take. Those that take longer are not recorded.</param>
    public async Task StopAsync(TimeSpan grace)
    {
        if (Interlocked.Exchange(ref _stopped, true))
        {
            return;
        }

        var all = Task.WhenAll(_running.Keys);
        if (await Task.WhenAny(all, Task.Delay(grace)).ConfigureAwait(false) != all)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _upstream.Dispose();
        _recorder.Dispose();
        _stop.Dispose();
        _large.Dispose();
    }

    /// <summary>Keeps what is being recorded, so that the server does not stop in the middle of it.</summary>
    private async ValueTask RunAsync(Task running)
    {
        _running[running] = 0;
        try
        {
            await running.ConfigureAwait(false);
        }
        finally
        {
            _running.TryRemove(running, out _);
        }
    }

    private async Task RelaySessionAsync(HttpExchange exchange, SessionPlay play, BegunSession? begun)
    {
        if (WhyNotForwarded(exchange) is var (status, reason))
        {
            (play.Entry.Status, play.Entry.Outcome, play.Entry.Error) = (status, RequestOutcome.Failed, reason);
            _options.Answering?.Invoke(play.Entry);
            await exchange.SendAsync(ErrorResponse.Create(status, reason)).ConfigureAwait(false);
            return;
        }

        using var relay = new SessionRelay(_upstream, _options, exchange, play.Request, begun);
        await relay.RunAsync(_stop.Token).ConfigureAwait(false);
        play.Entry.Status = relay.Status;
        await RecordAsync(relay, play.Entry).ConfigureAwait(false);
        if (play.Entry.IsLost)
        {
            _player.Journal.CountLost();
        }

        _options.Answering?.Invoke(play.Entry);
    }

    private async Task ForwardAsync(HttpExchange exchange, ApiRequest received, RequestPlay play, ServiceLinks links)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(_options.UpstreamTimeout);
        void Abandon() => limit.CancelAfter(_options.AbandonedTimeout);
        using var aborted = exchange.Aborted.Register(Abandon);
        using var request = _upstream.Request(exchange, received.Utf8);
        var client = new RecordedClient(exchange, Abandon);
        var url = new Uri(_upstream.Address(exchange), s_asSent);
        var answer = new AnsweredRequest(received, url, _options.Time.GetUtcNow(), exchange)
        {
            TestId = received.TestId ?? _options.TestId,
        };
        try
        {
            await ReceiveAsync(exchange, request, answer, client, links, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException or InvalidDataException or OperationCanceledException)
        {
            answer.Cut = answer.Status > 0 ? UpstreamFailure.CutOf(e) : null;
            answer.Failure = UpstreamFailure.ReasonOf(e, request.RequestUri!);
        }

        play.Entry.Status = answer.Status == 0 ? 502 : answer.Status;
        await RecordAsync(answer, play).ConfigureAwait(false);
        if (play.Entry.IsLost)
        {
            _player.Journal.CountLost();
        }

        _options.Answering?.Invoke(play.Entry);
        if (answer.Failure is null)
        {
            await client.EndAsync(answer.TrailersToClient).ConfigureAwait(false);
        }
        else if (answer.Status > 0)
        {
            client.Cut(answer.Cut);
        }
        else
        {
            await client.SendAsync(Unreachable(answer)).ConfigureAwait(false);
        }
    }

    private async Task ReceiveAsync(
        HttpExchange exchange,
        HttpRequestMessage request,
        AnsweredRequest answer,
        RecordedClient client,
        ServiceLinks links,
        CancellationToken cancellation
    )
    {
        var started = _options.Time.GetTimestamp();
        using var response = await _upstream.SendAsync(request, cancellation).ConfigureAwait(false);
        _player.Secrets.Learn(MessageSecrets.OfFields(ForwardedHeaders.All(response)));
        var body = await Upstream.BodyAsync(response, cancellation).ConfigureAwait(false);
        await using var disposal = body.ConfigureAwait(false);
        answer.Status = (int)response.StatusCode;
        answer.ContentType = response.Content.Headers.TryGetValues("Content-Type", out var types)
            ? string.Join(", ", types)
            : string.Empty;
        var standIn = StandIn.Of(request.RequestUri!, new Uri(answer.Url, s_asSent));
        answer.Headers = ForwardedHeaders.Recorded(response);
        var isDecoded = response.Content.Headers.ContentEncoding.Any(coding => coding is not "identity");
        answer.Received.IsInflated = isDecoded || answer.IsStream;
        if (_options.RecordFormat is null && answer.MayBeFile && !isDecoded)
        {
            answer.Received.AllowFile(_options.RecordTo!);
        }

        var fields = ForwardedHeaders.ToClient(response);
        var ownLinks =
            standIn is not null && ServiceLinks.IsJson(fields) ? new BodyLinks(standIn.Origin, standIn.Service) : null;
        if (standIn is not null)
        {
            (answer.Headers, fields) = (standIn.Lead(answer.Headers), standIn.Lead(fields));
        }

        var bodyLinks = links.LeadBody(fields, answer.Url, exchange);
        fields = links.Lead(fields, answer.Url, exchange);
        await client.BeginAsync(answer.Status, CapturedCookies.Hide(fields, exchange)).ConfigureAwait(false);

        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int count;
            do
            {
                count = await body.ReadAsync(buffer, cancellation).ConfigureAwait(false);
                ReadOnlyMemory<byte> piece = buffer.AsMemory(0, count);
                piece = ownLinks?.Next(piece, isLast: count == 0) ?? piece;
                if (!piece.IsEmpty)
                {
                    answer.Received.Add(piece.Span, _options.Time.GetElapsedTime(started));
                }

                piece = bodyLinks?.Next(piece, isLast: count == 0) ?? piece;
                if (!piece.IsEmpty)
                {
                    await client.WriteAsync(piece).ConfigureAwait(false);
                }
            } while (count > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        answer.Trailers = ForwardedHeaders.RecordedTrailers(response);
        answer.TrailersToClient = ForwardedHeaders.TrailersToClient(response);
    }

    /// <summary>
    /// Records an answer. One large answer at a time is recorded, because that needs many times as much memory as the
    /// answer.
    /// </summary>
    private async Task RecordAsync(AnsweredRequest answer, RequestPlay play)
    {
        var isLarge = answer.Received.Length > LargeBody;
        if (isLarge)
        {
            await _large.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        try
        {
            await RecordAsync(answer, play.Entry).ConfigureAwait(false);
        }
        finally
        {
            answer.Received.Dispose();
            if (isLarge)
            {
                _large.Release();
            }
        }
    }

    /// <summary>
    /// Records an answer and notes the result in the journal. The client's answer does not depend on it.
    /// </summary>
    private async ValueTask RecordAsync(AnsweredRequest answer, ReceivedRequest entry)
    {
        var draft = answer.ToDraft();
        entry.IsLost =
            !await TryRecordAsync(draft, WhyNotRecorded(answer, draft), entry).ConfigureAwait(false)
            && answer.Request.Method != "OPTIONS";
    }

    private async ValueTask RecordAsync(SessionRelay session, ReceivedRequest entry) =>
        entry.IsLost = !await TryRecordAsync(session.ToDraft(), WhyNotRecorded(session), entry).ConfigureAwait(false);

    /// <summary>Records a draft and notes the result in the journal.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="reason">Why it is not to be recorded; null to record it.</param>
    /// <param name="entry">The request.</param>
    /// <returns>False if it was not recorded.</returns>
    private async ValueTask<bool> TryRecordAsync(ExchangeDraft draft, string? reason, ReceivedRequest entry)
    {
        if (reason is not null)
        {
            entry.Outcome = draft.Failure is null ? RequestOutcome.Forwarded : RequestOutcome.Failed;
            entry.Error = reason;
            return false;
        }

        try
        {
            var interaction = await _recorder.RecordAsync(draft).ConfigureAwait(false);
            entry.Interaction = interaction;
            entry.Outcome = draft.Failure is null ? RequestOutcome.Recorded : RequestOutcome.Failed;
            entry.Error = draft.Failure;
            _player.AddPlayed(interaction.Cassette);
            return true;
        }
        catch (CassetteException e)
        {
            entry.Outcome = RequestOutcome.Failed;
            entry.Error = e.Message;
            return false;
        }
    }

    private string? WhyNotRecorded(SessionRelay session) =>
        session.Failure is { } failure && (session.Status != 101 || _stop.IsCancellationRequested)
            ? $"not recorded: {failure}"
        : session.IsTooLong ? "not recorded: the session is longer than 64 MB"
        : null;

    private string? WhyNotRecorded(AnsweredRequest answer, ExchangeDraft draft) =>
        _stop.IsCancellationRequested && answer.Failure is not null
            ? "not recorded: the server was stopped in the middle of the answer"
        : answer is { Failure: { } failure, Cut: null } && draft.Events.Count == 0 && !_options.RecordFailures
            ? $"not recorded: {failure}"
        : answer.Received.Problem is { } problem ? $"not recorded: {problem}"
        : answer.Request.Method == "OPTIONS" ? "not recorded: OPTIONS requests have no content"
        : null;

    /// <summary>Returns why a request must not reach the upstream; null if it may.</summary>
    private static (int Status, string Reason)? WhyNotForwarded(HttpExchange exchange) =>
        exchange.IsFromOtherSite
            ? (403, "not forwarded: a web page of another site sent the request. Use AllowOrigin to allow one origin.")
        : UpstreamPath.HasDots(exchange.Path)
            ? (400, "not forwarded: the path contains '.' or '..', which could lead out of the upstream's path")
        : Upstream.CanSend(exchange.Method) ? null
        : (
            501,
            $"not forwarded: the method '{DifferenceText.Line(exchange.Method)}' would be changed to capital letters"
        );

    private static RenderedResponse Unreachable(AnsweredRequest answer)
    {
        var body = ApiStyle.Of(answer.Request.Operation).ErrorBody(answer.Failure!, "APIConnectionError");
        return RenderedResponse.Create(
            502,
            [KeyValuePair.Create("content-type", "application/json")],
            Encoding.UTF8.GetBytes(body)
        );
    }
}
