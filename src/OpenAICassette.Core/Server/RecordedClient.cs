using OpenAICassette.Http;

namespace OpenAICassette.Server;

/// <summary>
/// The client of a request that is recorded. It may leave; then what is sent to it is nothing, and the recording goes
/// on.
/// </summary>
internal sealed class RecordedClient(HttpExchange exchange, Action left)
{
    private (int Status, IEnumerable<KeyValuePair<string, string>> Headers)? _whole;
    private bool _hasLeft;

    /// <summary>Sends a whole answer.</summary>
    public ValueTask SendAsync(RenderedResponse response) => TryAsync(() => exchange.SendAsync(response));

    /// <summary>
    /// Begins a streamed answer. One that has no body would end with that, so it is held back until
    /// <see cref="EndAsync"/>.
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

    /// <summary>Sends a piece of it.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data) => TryAsync(() => exchange.WriteAsync(data));

    /// <summary>Ends it properly.</summary>
    public ValueTask EndAsync() =>
        TryAsync(async () =>
        {
            if (_whole is { } whole)
            {
                await exchange.BeginAsync(whole.Status, whole.Headers).ConfigureAwait(false);
            }

            await exchange.EndAsync().ConfigureAwait(false);
        });

    /// <summary>Ends it in the middle, as the upstream did.</summary>
    public void Cut() => exchange.Close();

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
