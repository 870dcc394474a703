using System.Diagnostics;
using System.Runtime.CompilerServices;
using OpenAICassette.Http;
using OpenAICassette.Matching;
using OpenAICassette.Replay;
using OpenAICassette.Text;

namespace OpenAICassette.Server;

/// <summary>Answers requests from cassettes over HTTP, or forwards them to be recorded.</summary>
internal sealed class CassetteHandler(
    RequestPlayer player,
    RecordingProxy? proxy,
    ControlRoutes control,
    SessionHandler sessions,
    CassetteWatch? watch,
    CassetteServerOptions options
) : IHttpHandler, IDisposable
{
    /// <summary>The size from which a body is large.</summary>
    private const int LargeBody = 1 << 20;

    /// <summary>
    /// The maximum number of JSON values of a request. It exceeds what any API accepts; parsing needs many times as
    /// much memory as the body.
    /// </summary>
    private const int MostValues = 2_000_000;

    private static readonly RenderedResponse s_methods = RenderedResponse.Create(
        204,
        [new("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")],
        default
    );

    private readonly ConditionalWeakTable<WireAnswer, RenderedResponse> _rendered = [];
    private readonly SemaphoreSlim _large = new(1);
    private readonly ServiceLinks _links = new();

    private bool IsRecording => proxy is { IsRecording: true };

    /// <inheritdoc/>
    public ValueTask AnswerAsync(HttpExchange exchange)
    {
        if (exchange.Target == "*")
        {
            // This asks about the server, not about an API (RFC 9110, section 9.3.7).
            return exchange.SendAsync(s_methods);
        }

        if (!exchange.IsProxied && control.Answer(exchange) is { } own)
        {
            return exchange.SendAsync(own);
        }

        exchange.Service ??= NamedService.Of(exchange, options.UpstreamToken);
        var request = Request(exchange);
        if (WebSocketHandshake.IsAsked(exchange))
        {
            return sessions.AnswerAsync(exchange, request with { Method = ExchangeDraft.WebSocketMethod });
        }

        if (exchange.Body.Length > LargeBody)
        {
            return AnswerLargeAsync(exchange, request);
        }

        var play = Match(exchange, request);
        return IsSettled(play) ? AnswerAsync(exchange, request, play) : AnswerLateAsync(exchange, request, play);
    }

    /// <inheritdoc/>
    public void Report(HttpExchange exchange, Exception defect)
    {
        // The message could contain what was sent, so only the place is reported.
        var place = defect.StackTrace?.Split('\n')[0].Trim();
        var asked = new ApiRequest(exchange.Method, exchange.Path, string.Empty, default);
        var refused = player.Refuse(asked, 500, $"a defect of the server: {defect.GetType().Name} {place}");
        options.Answering?.Invoke(refused.Entry);
    }

    /// <inheritdoc/>
    public void Dispose() => _large.Dispose();

    /// <summary>
    /// Answers a request with a large body. One at a time is matched, because that needs several times as much memory
    /// as the body.
    /// </summary>
    private async ValueTask AnswerLargeAsync(HttpExchange exchange, ApiRequest request)
    {
        // The connection detects a disconnect only while its handler waits.
        await Task.Yield();
        await _large.WaitAsync(exchange.Aborted).ConfigureAwait(false);
        RequestPlay play;
        try
        {
            if (JsonSize.HasMoreValuesThan(exchange.Body.Span, MostValues))
            {
                await exchange
                    .SendAsync(ErrorResponse.Create(413, $"the request's body has more than {MostValues} JSON values"))
                    .ConfigureAwait(false);
                return;
            }

            play = Match(exchange, request);
            play = IsSettled(play) ? play : Settle(exchange, play);
        }
        finally
        {
            _large.Release();
        }

        await AnswerAsync(exchange, request, play).ConfigureAwait(false);
    }

    /// <summary>
    /// Answers a request that takes long. The thread may be the one that serves other connections, so another takes it.
    /// </summary>
    private async ValueTask AnswerLateAsync(HttpExchange exchange, ApiRequest request, RequestPlay play)
    {
        await Task.Yield();
        await AnswerAsync(exchange, request, Settle(exchange, play)).ConfigureAwait(false);
    }

    /// <summary>Adds a request to the journal and finds its answer.</summary>
    private RequestPlay Match(HttpExchange exchange, ApiRequest request)
    {
        var fields = exchange.Headers.Named(MessageSecrets.MayHold);
        player.Secrets.Learn(MessageSecrets.OfRequest(fields, exchange.Path, exchange.Query));
        return IsRecording
            ? proxy!.Receive(request, exchange)
            : player.Receive(request, exchange.Headers[RequestHeaders.Fault]);
    }

    /// <summary>
    /// Returns whether nothing is left to be looked for: the request has an answer, or is forwarded. A recording that
    /// was replaced since it was listed can no longer be read.
    /// </summary>
    private bool IsSettled(RequestPlay play) =>
        IsRecording
        || (play.Answer is not null && play.Entry is not { Outcome: RequestOutcome.Failed, Interaction: not null });

    /// <summary>Looks for changed cassettes, and explains a miss.</summary>
    private RequestPlay Settle(HttpExchange exchange, RequestPlay play)
    {
        play = watch?.Refresh() == true ? player.Again(play) : play;
        return play.Answer is null ? play with { Answer = player.Explain(play, exchange.Aborted) } : play;
    }

    private ValueTask AnswerAsync(HttpExchange exchange, ApiRequest request, RequestPlay play)
    {
        if (play.Answer is not { } answer)
        {
            return proxy!.AnswerAsync(exchange, request, play, _links);
        }

        options.Answering?.Invoke(play.Entry);
        answer = _links.Lead(answer, play.Entry.Interaction?.Url, exchange);
        return SendAsync(exchange, CapturedCookies.Hide(answer, exchange), play.Entry.Fault);
    }

    private ValueTask SendAsync(HttpExchange exchange, WireAnswer answer, Fault? fault) =>
        AnswerScript.IsPlain(answer, options.Replay.Pace, fault)
            ? exchange.SendAsync(_rendered.GetValue(answer, Render))
            : PlayAsync(exchange, answer, fault);

    private ApiRequest Request(HttpExchange exchange) =>
        new(exchange.Method, exchange.Path, exchange.Query, _links.Restore(exchange))
        {
            MediaType = exchange.Headers["Content-Type"],
            TestId = RequestHeaders.TestId(name => exchange.Headers[name]),
            Session = exchange.Headers[RequestHeaders.Session]
                ?? (options.SequencePerConnection ? exchange.Connection : null),
            Cassette = RequestHeaders.CassetteName(name => exchange.Headers[name]),
            Host = exchange.Service?.Authority,
            RequiresHost = exchange.IsProxied,
        };

    /// <summary>Renders an answer that is sent as a whole.</summary>
    internal static RenderedResponse Render(WireAnswer answer) =>
        answer.IsStream
            ? RenderedResponse.CreateChunked(answer.Status, answer.Headers, answer.Frames)
            : RenderedResponse.Create(
                answer.Status,
                answer.Headers,
                answer.Frames.Count == 0 ? default : answer.Frames[0],
                answer.Reason
            );

    /// <summary>Sends the steps of an answer when they are due. The stream ends when the server stops.</summary>
    private async ValueTask PlayAsync(HttpExchange exchange, WireAnswer answer, Fault? fault)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(exchange.Aborted, exchange.Stopping);
        using var pace = Pacemaker.Shared.Begin(end.Token);
        var started = Stopwatch.GetTimestamp();
        if (fault?.FirstByteDelay is { } delay && delay > TimeSpan.Zero)
        {
            await pace.WaitAsync(delay).ConfigureAwait(false);
        }

        await exchange.BeginAsync(answer.Status, answer.Headers).ConfigureAwait(false);
        foreach (var step in AnswerScript.Of(answer, options.Replay.Pace, fault))
        {
            var wait = step.Due - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero && !await pace.WaitAsync(wait).ConfigureAwait(false))
            {
                break;
            }

            switch (step.Action)
            {
                case AnswerAction.Send:
                    await exchange.WriteAsync(step.Bytes).ConfigureAwait(false);
                    break;
                case AnswerAction.SendRaw:
                    await exchange.WriteRawAsync(step.Bytes).ConfigureAwait(false);
                    exchange.Close();
                    return;
                case AnswerAction.Disconnect:
                    exchange.Close();
                    return;
                case AnswerAction.Reset:
                    exchange.Abort();
                    return;
                default:
                    // A waiting client may have closed its own side. An endless wait, which is a fault, ends with the
                    // connection.
                    using (var left = CancellationTokenSource.CreateLinkedTokenSource(end.Token, exchange.Finished))
                    {
                        await Task.Delay(Timeout.Infinite, left.Token)
                            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    }

                    exchange.Close();
                    return;
            }
        }

        await exchange.EndAsync(answer.Trailers).ConfigureAwait(false);
    }
}
