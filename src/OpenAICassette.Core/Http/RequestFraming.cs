namespace OpenAICassette.Http;

/// <summary>
/// What a request's head says about the bytes after it and about the connection (RFC 9112, section 6).
/// </summary>
/// <param name="ContentLength">The body's length in bytes; 0 without one, and when it comes in chunks.</param>
/// <param name="IsChunked">Whether the body comes in chunks.</param>
/// <param name="KeepsAlive">Whether the connection goes on after the answer.</param>
/// <param name="ExpectsContinue">Whether the client waits for leave to send the body.</param>
internal readonly record struct RequestFraming(
    long ContentLength,
    bool IsChunked,
    bool KeepsAlive,
    bool ExpectsContinue
)
{
    /// <summary>Reads it out of a head.</summary>
    /// <param name="head">The complete head.</param>
    /// <param name="maxBodyBytes">The longest body that is taken.</param>
    /// <exception cref="BadRequestException">
    /// The fields contradict one another or ask for what this server does not do.
    /// </exception>
    public static RequestFraming Of(RequestHead head, long maxBodyBytes)
    {
        long? length = null;
        bool isChunked = false,
            closes = false,
            keepsAlive = false,
            expects = false;
        for (var i = 0; i < head.Headers.Count; i++)
        {
            var value = head.Headers.Bytes(i);
            switch (head.Headers.Known(i))
            {
                case KnownHeader.ContentLength when length is not null:
                    throw new BadRequestException(400, "the request has more than one Content-Length");
                case KnownHeader.ContentLength:
                    length = ReadLength(value);
                    break;
                case KnownHeader.TransferEncoding:
                    CheckCoding(value, isChunked);
                    isChunked = true;
                    break;
                case KnownHeader.Connection:
                    closes |= Lists(value, "close"u8);
                    keepsAlive |= Lists(value, "keep-alive"u8);
                    break;
                case KnownHeader.Expect when !head.IsHttp10:
                    CheckExpectation(value);
                    expects = true;
                    break;
            }
        }

        if (isChunked && (length is not null || head.IsHttp10))
        {
            throw new BadRequestException(
                400,
                head.IsHttp10
                    ? "HTTP/1.0 has no Transfer-Encoding"
                    : "the request has both Content-Length and Transfer-Encoding"
            );
        }

        if (length > maxBodyBytes)
        {
            throw new BadRequestException(413, $"the request's body is longer than {maxBodyBytes} bytes");
        }

        return new RequestFraming(
            length ?? 0,
            isChunked,
            !closes && (!head.IsHttp10 || keepsAlive),
            expects && (isChunked || length > 0)
        );
    }

    private static long ReadLength(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            throw new BadRequestException(400, "the request's Content-Length is not a number");
        }

        long length = 0;
        foreach (var digit in value)
        {
            length = Math.Min((length * 10) + (digit - '0'), long.MaxValue / 100);
        }

        return length;
    }

    private static void CheckCoding(ReadOnlySpan<byte> value, bool wasChunked)
    {
        var count = 0;
        while (HttpText.TryTakeElement(ref value, out var coding))
        {
            if (wasChunked || count++ > 0)
            {
                throw new BadRequestException(400, "the request's Transfer-Encoding says more than 'chunked'");
            }

            if (!HttpText.Is(coding, "chunked"u8))
            {
                throw HttpText.IsToken(coding)
                    ? new BadRequestException(501, "this server knows no Transfer-Encoding but 'chunked'")
                    : new BadRequestException(400, "the request's Transfer-Encoding is not valid");
            }
        }

        if (count == 0)
        {
            throw new BadRequestException(400, "the request's Transfer-Encoding is empty");
        }
    }

    private static void CheckExpectation(ReadOnlySpan<byte> value)
    {
        if (!HttpText.Is(value, "100-continue"u8))
        {
            throw new BadRequestException(417, "this server meets no expectation but '100-continue'");
        }
    }

    private static bool Lists(ReadOnlySpan<byte> list, ReadOnlySpan<byte> option)
    {
        while (HttpText.TryTakeElement(ref list, out var element))
        {
            if (HttpText.Is(element, option))
            {
                return true;
            }
        }

        return false;
    }
}
