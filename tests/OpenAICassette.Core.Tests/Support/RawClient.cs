using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpenAICassette.Tests;

/// <summary>A client that sends whatever bytes it is told to, and reads answers strictly.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly CancellationTokenSource _limit = new();

    private RawClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
    }

    public static async Task<RawClient> ConnectAsync(EndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endPoint);
        return new RawClient(socket);
    }

    /// <summary>Sends text, each character as one byte.</summary>
    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes, Limit());

    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Closes with a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    /// <summary>Reads one answer and no byte more.</summary>
    public async Task<RawAnswer> ReadAnswerAsync(bool toHead = false)
    {
        var statusLine = (await ReadLineAsync()).Split(' ', 3);
        Assert.Equal("HTTP/1.1", statusLine[0]);
        var status = int.Parse(statusLine[1], CultureInfo.InvariantCulture);
        var headers = new List<KeyValuePair<string, string>>();
        while (await ReadLineAsync() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            headers.Add(new(line[..colon], line[(colon + 2)..]));
        }

        var answer = new RawAnswer(status, headers, []);
        return toHead || status is < 200 or 204 or 304 ? answer : answer with { Body = await ReadBodyAsync(answer) };
    }

    /// <summary>Reads a chunk of a chunked answer; empty for the last.</summary>
    public async Task<byte[]> ReadChunkAsync()
    {
        var size = int.Parse(await ReadLineAsync(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var data = await ReadAsync(size);
        Assert.Equal(string.Empty, await ReadLineAsync());
        return data;
    }

    public async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (!(line.Length >= 2 && line[^1] == '\n' && line[^2] == '\r'))
        {
            line.Append((char)(await ReadAsync(1))[0]);
        }

        return line.ToString(0, line.Length - 2);
    }

    /// <summary>Reads until the server closes its side.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var rest = new MemoryStream();
        await _stream.CopyToAsync(rest, Limit());
        return Encoding.Latin1.GetString(rest.ToArray());
    }

    /// <summary>Fails unless the server resets the connection.</summary>
    public async Task AssertResetAsync()
    {
        var exception = await Assert.ThrowsAsync<IOException>(ReadToEndAsync);
        Assert.Equal(
            SocketError.ConnectionReset,
            Assert.IsType<SocketException>(exception.InnerException).SocketErrorCode
        );
    }

    /// <summary>
    /// Ends the next send or receive if that alone takes long: what a busy machine did before counts for nothing.
    /// </summary>
    private CancellationToken Limit()
    {
        _limit.CancelAfter(TestServer.Long);
        return _limit.Token;
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
        _limit.Dispose();
    }

    private async Task<byte[]> ReadBodyAsync(RawAnswer answer)
    {
        if (answer["Content-Length"] is { } length)
        {
            Assert.Null(answer["Transfer-Encoding"]);
            return await ReadAsync(int.Parse(length, CultureInfo.InvariantCulture));
        }

        if (answer["Transfer-Encoding"] is null)
        {
            return Encoding.Latin1.GetBytes(await ReadToEndAsync());
        }

        var body = new MemoryStream();
        while (await ReadChunkAsync() is { Length: > 0 } chunk)
        {
            body.Write(chunk);
        }

        return body.ToArray();
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, Limit());
        return bytes;
    }
}
