using System.Globalization;
using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Http;

/// <summary>A whole answer as the bytes that go out: rendered once, sent as often as asked for.</summary>
internal sealed class RenderedResponse
{
    /// <summary>Of longer answers no copy is kept that has a date.</summary>
    private const int LongestDated = 64 * 1024;

    private readonly byte[] _bytes;
    private readonly int _framingStart;
    private readonly int _fieldsEnd;
    private readonly Range[]? _chunks;
    private Dated? _dated;

    private RenderedResponse(int status, bool hasDate, byte[] bytes, int framingStart, int fieldsEnd, Range[]? chunks)
    {
        Status = status;
        HasDate = hasDate;
        _bytes = bytes;
        _framingStart = framingStart;
        _fieldsEnd = fieldsEnd;
        _chunks = chunks;
    }

    /// <summary>The status.</summary>
    public int Status { get; }

    /// <summary>Whether the field Date is among the recorded ones; then the server says no other.</summary>
    public bool HasDate { get; }

    /// <summary>Whether it is so short that head and body are sent together.</summary>
    public bool IsShort => _bytes.Length <= LongestDated;

    /// <summary>What follows the head, framing included.</summary>
    public ReadOnlyMemory<byte> Body => _bytes.AsMemory(_fieldsEnd + 2);

    /// <summary>Whether the body is in chunks, which HTTP/1.0 does not know.</summary>
    public bool IsChunked => _chunks is not null;

    /// <summary>Renders an answer whose length is said before it.</summary>
    /// <param name="status">The status.</param>
    /// <param name="headers">The fields; those of the framing are the server's and left out.</param>
    /// <param name="body">The body; none is sent with 204 and 304.</param>
    /// <exception cref="ArgumentException">The status is no final one, or a field cannot be sent.</exception>
    public static RenderedResponse Create(
        int status,
        IEnumerable<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body
    )
    {
        var bytes = new ByteBuilder(256 + body.Length);
        var hasDate = ResponseHead.Write(bytes, status, headers);
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

        return new RenderedResponse(status, hasDate, bytes.ToArray(), framingStart, fieldsEnd, null);
    }

    /// <summary>Renders an answer in chunks.</summary>
    /// <param name="status">The status.</param>
    /// <param name="headers">The fields; those of the framing are the server's and left out.</param>
    /// <param name="chunks">The body's chunks; empty ones are left out, for they would end it.</param>
    /// <exception cref="ArgumentException">The status is no final one, or a field cannot be sent.</exception>
    public static RenderedResponse CreateChunked(
        int status,
        IEnumerable<KeyValuePair<string, string>> headers,
        IEnumerable<ReadOnlyMemory<byte>> chunks
    )
    {
        if (!ResponseHead.AllowsBody(status))
        {
            return Create(status, headers, default);
        }

        var bytes = new ByteBuilder(1024);
        var data = new List<Range>();
        var hasDate = ResponseHead.Write(bytes, status, headers);
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
        return new RenderedResponse(status, hasDate, bytes.ToArray(), framingStart, fieldsEnd, [.. data]);
    }

    /// <summary>All of it with the field Date. What was made for a second is used again within it.</summary>
    /// <param name="date">The field.</param>
    public ReadOnlyMemory<byte> At(DateField date)
    {
        if (HasDate)
        {
            return _bytes;
        }

        if (_dated is not { } dated || dated.Date != date)
        {
            _dated = dated = new Dated(date, With(date.Line.Span, isHttp10: false, isHead: false));
        }

        return dated.Bytes;
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

    private sealed record Dated(DateField Date, ReadOnlyMemory<byte> Bytes);
}
