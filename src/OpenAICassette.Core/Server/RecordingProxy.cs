using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using OpenAICassette.Http;
using OpenAICassette.Matching;
using OpenAICassette.Recording;
using OpenAICassette.Replay;

namespace OpenAICassette.Server;

/// <summary>
/// Passes requests on to the upstream and records what came. The client gets every byte as it comes, but the end of its
/// answer only when the cassette is written: who has the whole answer finds the file.
/// </summary>
internal sealed class RecordingProxy : IDisposable
{
    private const int BufferBytes = 16 << 10;

    /// <summary>An answer with more bytes is a large one.</summary>
    private const int LargeBody = 1 << 20;

    private readonly ConcurrentDictionary<Task, byte> _running = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _large = new(1);
    private readonly CassetteServerOptions _options;
    private readonly Recorder _recorder;
    private readonly RequestPlayer _player;
    private readonly Upstream _upstream;
    private bool _stopped;

    /// <summary>Prepares to record.</summary>
    /// <param name="options">What is recorded, from where, and where to; checked.</param>
    /// <param name="player">The cassettes that there were at the start, and those that come.</param>
    public RecordingProxy(CassetteServerOptions options, RequestPlayer player)
    {
        _options = options;
        _player = player;
        _upstream = new Upstream(options);
        var files = new RecordingFiles(options.RecordTo!, replaces: options.Mode == RecordMode.All);
        _recorder = new Recorder(player.Secrets, files, FaithfulReplay.Is);
        IsRecording = options.Mode != RecordMode.Once || !player.Plays.Any();
    }

    /// <summary>True when requests that no recording answers are passed on.</summary>
    public bool IsRecording { get; }

    /// <summary>
    /// Enters a request in the journal, without its secrets, and finds its answer where a recording from before may
    /// give it.
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
    /// Answers a request from the upstream, and records that. Equal requests do not wait for one another: each is a
    /// recording.
    /// </summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="request">The request as it came.</param>
    /// <param name="play">The request as it was entered in the journal.</param>
    public async ValueTask AnswerAsync(HttpExchange exchange, ApiRequest request, RequestPlay play)
    {
        var running = ForwardAsync(exchange, request, play);
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

    /// <summary>Waits for what is being recorded.</summary>
    /// <param name="grace">
    /// How long answers may still take; what has come by then of the others is not recorded.
    /// </param>
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
        _stop.Dispose();
        _large.Dispose();
    }

    private async Task ForwardAsync(HttpExchange exchange, ApiRequest received, RequestPlay play)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(_options.UpstreamTimeout);
        void Abandon() => limit.CancelAfter(_options.AbandonedTimeout);
        using var aborted = exchange.Aborted.Register(Abandon);
        using var request = _upstream.Request(exchange);
        var client = new RecordedClient(exchange, Abandon);
        var answer = new AnsweredRequest(received, request.RequestUri!, exchange.Bodies);
        try
        {
            await ReceiveAsync(exchange, request, answer, client, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException or InvalidDataException or OperationCanceledException)
        {
            answer.Failure = e switch
            {
                OperationCanceledException => "the answer took too long",
                UpstreamAnswerException => e.Message,
                _ => "the connection to the upstream failed: " + ReasonOf(e),
            };
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
            await client.EndAsync().ConfigureAwait(false);
        }
        else if (answer.Status > 0)
        {
            client.Cut();
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
        CancellationToken cancellation
    )
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await _upstream.SendAsync(request, cancellation).ConfigureAwait(false);
        _player.Secrets.Learn(MessageSecrets.OfFields(ForwardedHeaders.All(response)));
        var body = await Upstream.BodyAsync(response, cancellation).ConfigureAwait(false);
        await using var disposal = body.ConfigureAwait(false);
        answer.Status = (int)response.StatusCode;
        answer.ContentType = response.Content.Headers.TryGetValues("Content-Type", out var types)
            ? string.Join(", ", types)
            : string.Empty;
        answer.Headers = ForwardedHeaders.Kept(response);
        await client
            .BeginAsync(answer.Status, LinkHeader.Lead(ForwardedHeaders.ToClient(response), answer.Url, exchange))
            .ConfigureAwait(false);

        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await body.ReadAsync(buffer, cancellation).ConfigureAwait(false) is var count and > 0)
            {
                answer.Received.Add(buffer.AsSpan(0, count), Stopwatch.GetElapsedTime(started));
                await client.WriteAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Records an answer. One at a time is recorded of those that are large: that takes many times as much memory as
    /// the answer.
    /// </summary>
    private async Task RecordAsync(AnsweredRequest answer, RequestPlay play)
    {
        var isLarge = answer.Received.Bytes.Length > LargeBody;
        if (isLarge)
        {
            await _large.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        try
        {
            Record(answer, play);
        }
        finally
        {
            answer.Received.Release();
            if (isLarge)
            {
                _large.Release();
            }
        }
    }

    /// <summary>
    /// Records an answer, and enters in the journal what became of it. The client's answer does not depend on it.
    /// </summary>
    private void Record(AnsweredRequest answer, RequestPlay play)
    {
        var entry = play.Entry;
        entry.Outcome = RequestOutcome.Failed;
        entry.Error = answer.Failure;
        var draft = answer.ToDraft();
        if (WhyNotRecorded(answer, draft) is { } reason)
        {
            entry.Outcome = answer.Failure is null ? RequestOutcome.Forwarded : RequestOutcome.Failed;
            entry.Error = reason;
            entry.IsLost = answer.Request.Method != "OPTIONS";
            return;
        }

        try
        {
            var interaction = _recorder.Record(draft);
            entry.Interaction = interaction;
            entry.Outcome = answer.Failure is null ? RequestOutcome.Recorded : RequestOutcome.Failed;
            _player.AddPlayed(interaction.Cassette);
        }
        catch (CassetteException e)
        {
            entry.Outcome = RequestOutcome.Failed;
            entry.Error = e.Message;
            entry.IsLost = true;
        }
    }

    private string? WhyNotRecorded(AnsweredRequest answer, ExchangeDraft draft) =>
        _stop.IsCancellationRequested && answer.Failure is not null
            ? "not recorded: the server was stopped in the middle of the answer"
        : answer.Failure is { } failure && draft.Events.Count == 0 ? $"not recorded: {failure}"
        : answer.Received.IsTooLong
            ? "not recorded: the answer is longer than 64 MB, or all answers on their way together are too long"
        : answer.Request.Method == "OPTIONS" ? "not recorded: OPTIONS asks for no content"
        : answer.Request.IsRaw ? "not recorded: the body of the request is not JSON"
        : null;

    /// <summary>Why a request must not reach the upstream; null when it may.</summary>
    private static (int Status, string Reason)? WhyNotForwarded(HttpExchange exchange) =>
        exchange.IsFromOtherSite
            ? (
                403,
                "not passed on: a web page of another site sent the request; AllowOrigin lets the pages of one origin in"
            )
        : UpstreamPath.HasDots(exchange.Path)
            ? (400, "not passed on: the path has a step '.' or '..', which could lead out of the upstream's path")
        : Upstream.CanSend(exchange.Method) ? null
        : (
            501,
            $"not passed on: methods are words in capitals, and '{DifferenceText.Line(exchange.Method)}' would be changed to them on the way"
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

    /// <summary>What a failure comes down to. Only what is known to name nothing but the place is told.</summary>
    private static string ReasonOf(Exception e) =>
        e switch
        {
            HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } request =>
                request.HttpRequestError.ToString(),
            HttpIOException io => io.HttpRequestError.ToString(),
            InvalidDataException => "its answer cannot be decoded",
            _ => "it broke off",
        };
}
