using System.Globalization;
using System.Text;
using OpenAICassette.Json;

namespace OpenAICassette.Server;

/// <summary>A whole answer as the bytes that go out: rendered once, sent as often as asked for.</summary>
internal sealed class RenderedResponse
{
    private readonly byte[] _bytes;
    private readonly int _framingStart;
    private readonly int _fieldsEnd;
    private readonly Range[]? _chunks;

    private RenderedResponse(int status, byte[] bytes, int framingStart, int fieldsEnd, Range[]? chunks)
    {
        Status = status;
        _bytes = bytes;
        _framingStart = framingStart;
        _fieldsEnd = fieldsEnd;
        _chunks = chunks;
    }

    /// <summary>The status.</summary>
    public int Status { get; }

    /// <summary>All of it.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The status line and fields, with the blank line: what answers HEAD.</summary>
    public ReadOnlyMemory<byte> Head => _bytes.AsMemory(0, _fieldsEnd + 2);

    /// <summary>Whether the body is in chunks, which HTTP/1.0 does not know.</summary>
    public bool IsChunked => _chunks is not null;

    /// <summary>Renders an answer whose length is said before it.</summary>
    /// <param name="status">The status.</param>
    /// <param name="headers">The fields; those of the framing are the server's and left out.</param>
    /// <param name="body">The body; none is sent with 204 and 304.</param>
    /// <exception cref="ArgumentException">The status is no final one, or a field cannot be sent.</exception>
    public static RenderedResponse Create(int status, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body)
    {
        var bytes = new ByteBuilder(256 + body.Length);
        ResponseHead.Write(bytes, status, headers);
        var framingStart = bytes.Length;
        if (ResponseHead.AllowsBody(status))
        {
            ResponseHead.WriteField(bytes, "Content-Length", body.Length.ToString(CultureInfo.InvariantCulture));
        }

        var fieldsEnd = bytes.Length;
        bytes.Append("\r\n"u8);
        if (ResponseHead.AllowsBody(status))
        {
            bytes.Append(body.Span);
        }

        return new RenderedResponse(status, bytes.ToArray(), framingStart, fieldsEnd, null);
    }

    /// <summary>Renders an answer in chunks.</summary>
    /// <param name="status">The status.</param>
    /// <param name="headers">The fields; those of the framing are the server's and left out.</param>
    /// <param name="chunks">The body's chunks; empty ones are left out, for they would end it.</param>
    /// <exception cref="ArgumentException">The status is no final one, or a field cannot be sent.</exception>
    public static RenderedResponse CreateChunked(
        int status, IEnumerable<KeyValuePair<string, string>> headers, IEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        if (!ResponseHead.AllowsBody(status))
        {
            return Create(status, headers, default);
        }

        var bytes = new ByteBuilder(1024);
        var data = new List<Range>();
        ResponseHead.Write(bytes, status, headers);
        var framingStart = bytes.Length;
        ResponseHead.WriteField(bytes, "Transfer-Encoding", "chunked");
        var fieldsEnd = bytes.Length;
        bytes.Append("\r\n"u8);
        foreach (var chunk in chunks.Where(chunk => !chunk.IsEmpty))
        {
            bytes.Append(Encoding.ASCII.GetBytes(chunk.Length.ToString("x", CultureInfo.InvariantCulture)));
            bytes.Append("\r\n"u8);
            data.Add(bytes.Length..(bytes.Length + chunk.Length));
            bytes.Append(chunk.Span);
            bytes.Append("\r\n"u8);
        }

        bytes.Append("0\r\n\r\n"u8);
        return new RenderedResponse(status, bytes.ToArray(), framingStart, fieldsEnd, [.. data]);
    }

    /// <summary>The same answer with more header fields.</summary>
    /// <param name="fields">Their lines.</param>
    /// <param name="isHttp10">Whether the client does not know chunks.</param>
    /// <param name="isHead">Whether only the head is asked for.</param>
    public ReadOnlyMemory<byte> With(ReadOnlySpan<byte> fields, bool isHttp10, bool isHead)
    {
        var bytes = new ByteBuilder(_bytes.Length + fields.Length);
        bytes.Append(_bytes.AsSpan(0, isHttp10 && IsChunked ? _framingStart : _fieldsEnd));
        bytes.Append(fields);
        bytes.Append("\r\n"u8);
        if (isHead)
        {
            return bytes.ToArray();
        }

        if (!isHttp10 || _chunks is null)
        {
            bytes.Append(_bytes.AsSpan(_fieldsEnd + 2));
            return bytes.ToArray();
        }

        foreach (var chunk in _chunks)
        {
            bytes.Append(_bytes.AsSpan(chunk));
        }

        return bytes.ToArray();
    }
}
