using System.Text;

namespace OpenAICassette.Http;

/// <summary>
/// Represents a request line and header section, parsed line by line as they arrive (RFC 9112, sections 2 to 5) and
/// reused for the next request. Everything outside the grammar is refused, because differences between parsers allow
/// request smuggling.
/// </summary>
/// <param name="maxBytes">The maximum length in bytes.</param>
/// <param name="isProxied">True if the client may use the server as a proxy: CONNECT, and URLs of any host.</param>
internal sealed class RequestHead(int maxBytes, bool isProxied = false)
{
    private static readonly string[] s_methods = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"];

    private int _lineStart;
    private int _searched;
    private bool _hasRequestLine;
    private bool _skippedLine;

    /// <summary>Gets the method; empty until it is known.</summary>
    public string Method { get; private set; } = string.Empty;

    /// <summary>Gets the target.</summary>
    public RequestTarget Target { get; } = new();

    /// <summary>
    /// Gets the position of the host and port in the head if the target is a URL; null for any other target.
    /// </summary>
    public Range? Authority { get; private set; }

    /// <summary>Gets whether the client uses HTTP/1.0.</summary>
    public bool IsHttp10 { get; private set; }

    /// <summary>Gets the header fields.</summary>
    public HttpHeaders Headers { get; } = new();

    /// <summary>Gets the length of the head in bytes.</summary>
    public int Length => _lineStart;

    /// <summary>Prepares for the next request.</summary>
    public void Reset()
    {
        Method = string.Empty;
        Authority = null;
        IsHttp10 = false;
        Headers.Clear();
        _lineStart = _searched = 0;
        _hasRequestLine = _skippedLine = false;
    }

    /// <summary>Reads on in what has been received.</summary>
    /// <param name="received">All bytes since the start of the request.</param>
    /// <returns>True if the head is complete.</returns>
    /// <exception cref="BadRequestException">The bytes are not a request, or there are too many.</exception>
    public bool Read(ReadOnlySpan<byte> received)
    {
        while (received[_searched..].IndexOf((byte)'\n') is var found and >= 0)
        {
            var end = _searched + found;
            CheckLength(end + 1);
            if (end == _lineStart || received[end - 1] != '\r')
            {
                throw new BadRequestException(400, "a line of the request's head ends with a bare line feed");
            }

            var line = _lineStart..(end - 1);
            _searched = end + 1;
            _lineStart = _searched;
            if (ReadLine(received, line))
            {
                return true;
            }
        }

        _searched = received.Length;
        CheckLength(received.Length);
        CheckStart(received);
        return false;
    }

    private bool ReadLine(ReadOnlySpan<byte> received, Range line)
    {
        var isEmpty = received[line].IsEmpty;
        if (_hasRequestLine)
        {
            if (!isEmpty)
            {
                ReadField(received, line);
            }

            return isEmpty;
        }

        if (!isEmpty)
        {
            ReadRequestLine(received[line], line.Start.Value);
            _hasRequestLine = true;
        }
        else if (_skippedLine)
        {
            throw new BadRequestException(400, "the request begins with empty lines");
        }

        // Some old clients send an empty line after a body (RFC 9112, section 2.2).
        _skippedLine = true;
        return false;
    }

    private void ReadRequestLine(ReadOnlySpan<byte> line, int offset)
    {
        var methodEnd = line.IndexOf((byte)' ');
        var targetEnd = line.LastIndexOf((byte)' ');
        if (methodEnd <= 0 || targetEnd <= methodEnd || !HttpText.IsToken(line[..methodEnd]))
        {
            throw new BadRequestException(400, "the request line is not 'METHOD target HTTP/1.1'");
        }

        Method = MethodOf(line[..methodEnd]);
        ReadVersion(line[(targetEnd + 1)..]);
        if (Method == "CONNECT" && !isProxied)
        {
            throw new BadRequestException(501, "this server is not a proxy and does not support CONNECT");
        }

        Target.Read(line[(methodEnd + 1)..targetEnd], Method, isProxied);
        offset += methodEnd + 1;
        Authority = Target.Authority is { } host ? (offset + host.Start.Value)..(offset + host.End.Value) : null;
    }

    private static string MethodOf(ReadOnlySpan<byte> method)
    {
        foreach (var known in s_methods)
        {
            if (Ascii.Equals(method, known))
            {
                return known;
            }
        }

        return Encoding.ASCII.GetString(method);
    }

    private void ReadVersion(ReadOnlySpan<byte> version)
    {
        if (
            !version.StartsWith("HTTP/"u8)
            || version.Length != 8
            || version[6] != '.'
            || !char.IsAsciiDigit((char)version[5])
            || !char.IsAsciiDigit((char)version[7])
        )
        {
            throw new BadRequestException(400, "the request line does not end with an HTTP version");
        }

        if (version[5] != '1')
        {
            throw new BadRequestException(505, "this server supports HTTP/1.1");
        }

        IsHttp10 = version[7] == '0';
    }

    private void ReadField(ReadOnlySpan<byte> received, Range line)
    {
        var (start, length) = line.GetOffsetAndLength(received.Length);
        var text = received[line];
        var colon = text.IndexOf((byte)':');
        CheckField(text, colon);
        var value = HttpText.Trim(text[(colon + 1)..]);
        var valueStart = value.IsEmpty
            ? start + length
            : start + colon + 1 + text[(colon + 1)..].IndexOfAnyExcept(" \t"u8);
        Headers.Add(received, start..(start + colon), valueStart..(valueStart + value.Length));
    }

    /// <summary>Refuses an invalid field in the header section or among the trailers.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="colon">The position of its first colon.</param>
    internal static void CheckField(ReadOnlySpan<byte> line, int colon)
    {
        if (line[0] is (byte)' ' or (byte)'\t')
        {
            throw new BadRequestException(400, "a header field is folded over several lines, or begins with a space");
        }

        if (colon < 0 || !HttpText.IsToken(line[..colon]))
        {
            throw new BadRequestException(
                400,
                "a header line is not 'name: value' with the colon right after a valid name"
            );
        }

        if (!HttpText.IsValue(line[(colon + 1)..]))
        {
            throw new BadRequestException(400, "the value of a header field contains control characters");
        }
    }

    private void CheckLength(int length)
    {
        if (length > maxBytes)
        {
            throw _hasRequestLine
                ? new BadRequestException(431, $"the request's head is longer than {maxBytes} bytes")
                : new BadRequestException(414, $"the request line is longer than {maxBytes} bytes");
        }
    }

    /// <summary>
    /// Refuses bytes that cannot begin a request, such as TLS, without waiting for the end of a line.
    /// </summary>
    private static void CheckStart(ReadOnlySpan<byte> received)
    {
        if (!received.IsEmpty && received[0] == 0x16)
        {
            throw new BadRequestException(
                400,
                "the client speaks TLS; this server is reached with http://, not https://"
            );
        }

        if (!received.IsEmpty && received[0] is not ((byte)'\r' or (byte)'\n') && !HttpText.IsToken(received[..1]))
        {
            throw new BadRequestException(400, "the request does not begin with a method");
        }
    }
}
