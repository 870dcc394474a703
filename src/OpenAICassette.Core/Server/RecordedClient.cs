using OpenAICassette.Cassettes;
using OpenAICassette.Http;

namespace OpenAICassette.Server;

/// <summary>
/// Represents the client of a request that is recorded. Writes after a disconnect are ignored, and recording continues.
/// </summary>
internal sealed class RecordedClient(HttpExchange exchange, Action left)
{
    private (int Status, IEnumerable<KeyValuePair<string, string>> Headers)? _whole;
    private bool _hasLeft;

    /// <summary>Sends a whole answer.</summary>
    public ValueTask SendAsync(RenderedResponse response) => TryAsync(() => exchange.SendAsync(response));

    /// <summary>
    /// Begins a streamed answer. The head of an answer without a body is held back until <see cref="EndAsync"/>,
    /// because it would end the answer.
    /// </summary>
    public ValueTask BeginAsync(int status, IEnumerable<KeyValuePair<string, string>> headers)
    {
        if (ResponseHead.AllowsBody(status) && exchange.Method != "HEAD")
        {
            return TryAsync(() => exchange.BeginAsync(status, headers));
        }

        _whole = (status, headers);
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends a piece of the body.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data) => TryAsync(() => exchange.WriteAsync(data));

    /// <summary>Ends the answer.</summary>
    /// <param name="trailers">The fields after the body.</param>
    public ValueTask EndAsync(IReadOnlyList<KeyValuePair<string, string>> trailers) =>
        TryAsync(async () =>
        {
            if (_whole is { } whole)
            {
                await exchange.BeginAsync(whole.Status, whole.Headers).ConfigureAwait(false);
            }

            await exchange.EndAsync(trailers).ConfigureAwait(false);
        });

    /// <summary>Cuts the answer off, as the upstream did.</summary>
    /// <param name="cut">How the upstream did; null if it is the proxy that gave up.</param>
    public void Cut(ConnectionCut? cut)
    {
        if (cut == ConnectionCut.Reset)
        {
            exchange.Abort();
        }
        else
        {
            exchange.Close();
        }
    }

    private async ValueTask TryAsync(Func<ValueTask> send)
    {
        if (_hasLeft)
        {
            return;
        }

        try
        {
            await send().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _hasLeft = true;
            left();
        }
    }
}
