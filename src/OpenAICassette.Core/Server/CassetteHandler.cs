using System.Diagnostics;
using System.Runtime.CompilerServices;
using OpenAICassette.Matching;
using OpenAICassette.Replay;

namespace OpenAICassette.Server;

/// <summary>Answers requests from cassettes over HTTP, or passes them on to be recorded.</summary>
internal sealed class CassetteHandler(RequestPlayer player, ReplayPace pace, RecordingProxy? proxy, Action<ReceivedRequest>? answering) : IHttpHandler
{
    private readonly ConditionalWeakTable<WireAnswer, RenderedResponse> _rendered = [];

    /// <inheritdoc/>
    public ValueTask AnswerAsync(HttpExchange exchange)
    {
        var request = Request(exchange);
        player.Secrets.Learn(MessageSecrets.OfRequest([.. exchange.Headers], exchange.Path, exchange.Query));
        var recording = proxy is { IsRecording: true } ? proxy : null;
        var play = recording?.Receive(request, exchange) ?? player.Receive(request, exchange.Headers[RequestHeaders.Fault]);
        if (play.Answer is null && recording is not null)
        {
            return recording.AnswerAsync(exchange, request, play);
        }

        var answer = play.Answer ?? player.Explain(play);
        answering?.Invoke(play.Entry);
        return SendAsync(exchange, LinkHeader.Lead(answer, play.Entry.Interaction?.Url, exchange), play.Entry.Fault);
    }

    private ValueTask SendAsync(HttpExchange exchange, WireAnswer answer, Fault? fault) => AnswerScript.IsPlain(answer, pace, fault)
        ? exchange.SendAsync(_rendered.GetValue(answer, Render))
        : PlayAsync(exchange, answer, fault);

    private static ApiRequest Request(HttpExchange exchange) => new(exchange.Method, exchange.Path, exchange.Query, exchange.Body)
    {
        TestId = RequestHeaders.TestId(name => exchange.Headers[name]),
        Cassette = RequestHeaders.CassetteName(name => exchange.Headers[name]),
    };

    private static RenderedResponse Render(WireAnswer answer) => answer.IsStream
        ? RenderedResponse.CreateChunked(answer.Status, answer.Headers, answer.Frames)
        : RenderedResponse.Create(answer.Status, answer.Headers, answer.Frames.Count == 0 ? default : answer.Frames[0]);

    /// <summary>Sends the steps of an answer when they are due. When the server stops, the stream ends there.</summary>
    private async ValueTask PlayAsync(HttpExchange exchange, WireAnswer answer, Fault? fault)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(exchange.Aborted, exchange.Stopping);
        var started = Stopwatch.GetTimestamp();
        if (fault?.FirstByteDelay is { } delay && delay > TimeSpan.Zero)
        {
            await Pacemaker.Shared.WaitAsync(delay, end.Token).ConfigureAwait(false);
        }

        await exchange.BeginAsync(answer.Status, answer.Headers).ConfigureAwait(false);
        foreach (var step in AnswerScript.Of(answer, pace, fault))
        {
            var wait = step.Due - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero && !await Pacemaker.Shared.WaitAsync(wait, end.Token).ConfigureAwait(false))
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
                default:
                    // Who waits for an answer may have closed its own side; who waits for ever, on purpose, need not outlast that.
                    using (var left = CancellationTokenSource.CreateLinkedTokenSource(end.Token, exchange.Finished))
                    {
                        await Task.Delay(Timeout.Infinite, left.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    }

                    exchange.Close();
                    return;
            }
        }

        await exchange.EndAsync().ConfigureAwait(false);
    }
}
