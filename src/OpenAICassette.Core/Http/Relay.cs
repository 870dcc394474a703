using System.Buffers;
using System.Net.Sockets;

namespace OpenAICassette.Http;

/// <summary>Passes bytes between a client and a service in both directions, as they come.</summary>
internal sealed class Relay : IDisposable
{
    private const int BufferBytes = 16 << 10;

    /// <summary>How long a client that has received everything may take to close its side.</summary>
    private static readonly TimeSpan s_closing = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _overdue = new();
    private readonly RelayEnd _client;
    private readonly RelayEnd _service;
    private TimeSpan _idle;

    private Relay(RelayEnd client, RelayEnd service, TimeSpan idle)
    {
        _client = client;
        _service = service;
        _idle = idle;
    }

    /// <summary>
    /// Relays until both sides have ended. A side that ends properly ends the other properly, and a reset resets it.
    /// </summary>
    /// <param name="client">The client's end.</param>
    /// <param name="service">The service's end.</param>
    /// <param name="idle">The time without any byte after which the connection ends; infinite for no limit.</param>
    public static async Task RunAsync(RelayEnd client, RelayEnd service, TimeSpan idle)
    {
        using var relay = new Relay(client, service, idle);
        await relay.RunAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _service.Dispose();
        _overdue.Dispose();
    }

    private async Task RunAsync()
    {
        _overdue.CancelAfter(_idle);
        var up = CopyAsync(_client, _service);
        var down = CopyAsync(_service, _client);
        if (await Task.WhenAny(up, down).ConfigureAwait(false) == down)
        {
            _idle = s_closing;
            _overdue.CancelAfter(s_closing);
        }

        await Task.WhenAll(up, down).ConfigureAwait(false);
    }

    private async Task CopyAsync(RelayEnd from, RelayEnd to)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await from.ReceiveAsync(buffer, _overdue.Token).ConfigureAwait(false) is var count and > 0)
            {
                _overdue.CancelAfter(_idle);
                await to.Stream.WriteAsync(buffer.AsMemory(0, count), _overdue.Token).ConfigureAwait(false);
            }

            await to.EndSendingAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            from.Dispose();
            to.Dispose();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            from.Abort();
            to.Abort();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
