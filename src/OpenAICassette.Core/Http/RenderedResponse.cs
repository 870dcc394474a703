using System.Globalization;
using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Http;

/// <summary>Represents a whole answer as bytes, rendered once and sent any number of times.</summary>
internal sealed class RenderedResponse
{
    /// <summary>The size up to which a copy with the date is kept.</summary>
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

    /// <summary>Gets the status.</summary>
    public int Status { get; }

    /// <summary>Gets whether the recorded fields contain Date, in which case the server adds none.</summary>
    public bool HasDate { get; }

    /// <summary>Gets whether it is short enough to send head and body together.</summary>
    public bool IsShort => _bytes.Length <= LongestDated;

    /// <summary>Gets the bytes after the head, including the framing.</summary>
    public ReadOnlyMemory<byte> Body => _bytes.AsMemory(_fieldsEnd + 2);

    /// <summary>Gets whether the body is in chunks, which HTTP/1.0 does not support.</summary>
    public bool IsChunked => _chunks is not null;

    /// <summary>Renders an answer whose length is said before it.</summary>
    /// <param name="status">The status.</param>
    /// <param name="headers">The fields; those of the framing are set by the server and ignored.</param>
    /// <param name="body">The body; not sent with status 204 and 304.</param>
    /// <param name="reason">What the status line says beside the status; null for the usual phrase.</param>
    /// <exception cref="ArgumentException">The status is not final, or a field is invalid.</exception>
    public static RenderedResponse Create(
        int status,
        IEnumerable<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body,
        string? reason = null
    )
    {
        var bytes = new ByteBuilder(256 + body.Length);
        var hasDate = ResponseHead.Write(bytes, status, headers, reason);
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
    /// <param name="headers">The fields; those of the framing are set by the server and ignored.</param>
    /// <param name="chunks">The chunks of the body; empty ones are left out, because they would end it.</param>
    /// <exception cref="ArgumentException">The status is not final, or a field is invalid.</exception>
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

    /// <summary>Returns the answer with the Date field. The bytes are reused within the same second.</summary>
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

    /// <summary>Returns the same answer with more header fields.</summary>
    /// <param name="fields">Their lines.</param>
    /// <param name="isHttp10">True if the client does not support chunks.</param>
    /// <param name="isHead">True if only the head is requested.</param>
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
