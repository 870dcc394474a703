using System.Buffers;
using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;

namespace OpenAICassette.Replay;

/// <summary>Sends and receives whole messages of a WebSocket as frames.</summary>
internal static class SocketMessages
{
    private const int BufferBytes = 16 << 10;

    /// <summary>How long a side may take to answer the end of a session.</summary>
    private static readonly TimeSpan s_closing = TimeSpan.FromSeconds(5);

    /// <summary>The maximum size of a message in bytes.</summary>
    private const int LongestMessage = 64 << 20;

    /// <summary>The maximum size of the reason in a close frame.</summary>
    private const int LongestReason = 123;

    /// <summary>Receives a message.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="direction">Who sends it.</param>
    /// <param name="cancellation">Ends the wait; the socket cannot be used any more.</param>
    /// <returns>The message, or a frame of the kind close; null if the connection broke off.</returns>
    public static async ValueTask<Frame?> ReceiveAsync(
        WebSocket socket,
        FrameDirection direction,
        CancellationToken cancellation
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var message = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellation).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return Close(direction, (int?)socket.CloseStatus, socket.CloseStatusDescription);
                }

                message.Write(buffer.AsSpan(0, received.Count));
                if (message.WrittenCount > LongestMessage)
                {
                    return null;
                }

                if (received.EndOfMessage)
                {
                    var kind =
                        received.MessageType == WebSocketMessageType.Text
                            ? FrameKind.TextMessage
                            : FrameKind.BinaryMessage;
                    return Frame.FromMessage(kind, direction, message.WrittenMemory);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Sends a message, or the close frame.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="cancellation">Ends the sending; the socket cannot be used any more.</param>
    /// <returns>False if the other side has gone.</returns>
    public static async ValueTask<bool> SendAsync(WebSocket socket, Frame frame, CancellationToken cancellation)
    {
        try
        {
            if (frame.Kind == FrameKind.Close)
            {
                var (code, reason) = ClosingOf(frame);
                await socket
                    .CloseOutputAsync(
                        code is null ? WebSocketCloseStatus.Empty : (WebSocketCloseStatus)code,
                        reason,
                        cancellation
                    )
                    .ConfigureAwait(false);
            }
            else
            {
                var type =
                    frame.Kind == FrameKind.TextMessage ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
                await socket.SendAsync(frame.Data, type, endOfMessage: true, cancellation).ConfigureAwait(false);
            }

            return true;
        }
        catch (Exception e) when (e is WebSocketException or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Receives until the other side has ended, for a short time.</summary>
    public static async ValueTask DrainAsync(WebSocket socket, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_closing);
        try
        {
            while (
                await ReceiveAsync(socket, FrameDirection.Sent, limit.Token).ConfigureAwait(false)
                    is { Kind: not FrameKind.Close }
            ) { }
        }
        catch (OperationCanceledException)
        {
            // The other side took too long.
        }
    }

    /// <summary>Creates a close frame.</summary>
    /// <param name="direction">Who sends it.</param>
    /// <param name="code">The code; null for none.</param>
    /// <param name="reason">The reason; it is cut to what such a frame can hold.</param>
    public static Frame Close(FrameDirection direction, int? code, string? reason)
    {
        if (code is null or (int)WebSocketCloseStatus.Empty)
        {
            return Frame.FromMessage(FrameKind.Close, direction, default);
        }

        var text = Encoding.UTF8.GetBytes(reason ?? string.Empty);
        var length = Math.Min(text.Length, LongestReason);
        while (length < text.Length && length > 0 && (text[length] & 0xC0) == 0x80)
        {
            length--;
        }

        var data = new byte[sizeof(ushort) + length];
        BinaryPrimitives.WriteUInt16BigEndian(data, (ushort)code.Value);
        text.AsSpan(0, length).CopyTo(data.AsSpan(sizeof(ushort)));
        return Frame.FromMessage(FrameKind.Close, direction, data);
    }

    private static (int? Code, string? Reason) ClosingOf(Frame close) =>
        close.Data.Length < sizeof(ushort)
            ? (null, null)
            : (
                BinaryPrimitives.ReadUInt16BigEndian(close.Data.Span),
                Encoding.UTF8.GetString(close.Data.Span[sizeof(ushort)..])
            );
}
