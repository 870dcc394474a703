using System.Diagnostics;
using System.Runtime.CompilerServices;
using OpenAICassette.Matching;
using OpenAICassette.Replay;

namespace OpenAICassette.Server;

/// <summary>Answers requests from cassettes over HTTP.</summary>
internal sealed class CassetteHandler(RequestPlayer player, ReplayPace pace, Action<ReceivedRequest>? answering) : IHttpHandler
{
    private readonly ConditionalWeakTable<WireAnswer, RenderedResponse> _rendered = [];

    /// <inheritdoc/>
    public ValueTask AnswerAsync(HttpExchange exchange)
    {
        var play = player.Receive(Request(exchange), exchange.Headers[RequestHeaders.Fault]);
        var answer = play.Answer ?? player.Explain(play);
        answering?.Invoke(play.Entry);
        return AnswerScript.IsPlain(answer, pace, play.Entry.Fault)
            ? exchange.SendAsync(_rendered.GetValue(answer, Render))
            : PlayAsync(exchange, answer, play.Entry.Fault);
    }

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
            await WaitAsync(delay, end.Token).ConfigureAwait(false);
        }

        await exchange.BeginAsync(answer.Status, answer.Headers).ConfigureAwait(false);
        foreach (var step in AnswerScript.Of(answer, pace, fault))
        {
            var wait = step.Due - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero && !await WaitAsync(wait, end.Token).ConfigureAwait(false))
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
                        await WaitAsync(Timeout.InfiniteTimeSpan, left.Token).ConfigureAwait(false);
                    }

                    exchange.Close();
                    return;
            }
        }

        await exchange.EndAsync().ConfigureAwait(false);
    }

    /// <summary>Waits; false when the wait was ended before its time.</summary>
    private static async Task<bool> WaitAsync(TimeSpan wait, CancellationToken cancellation)
    {
        await Task.Delay(wait, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellation.IsCancellationRequested;
    }
}
