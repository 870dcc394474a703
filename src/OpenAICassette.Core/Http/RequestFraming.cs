namespace OpenAICassette.Http;

/// <summary>
/// Represents what the head of a request states about the following bytes and the connection (RFC 9112, section 6).
/// </summary>
/// <param name="ContentLength">The length of the body in bytes; 0 if there is no body or it is in chunks.</param>
/// <param name="IsChunked">True if the body is in chunks.</param>
/// <param name="KeepsAlive">Gets whether the connection stays open after the answer.</param>
/// <param name="ExpectsContinue">True if the client waits for permission to send the body.</param>
internal readonly record struct RequestFraming(
    long ContentLength,
    bool IsChunked,
    bool KeepsAlive,
    bool ExpectsContinue
)
{
    /// <summary>Reads it out of a head.</summary>
    /// <param name="head">The complete head.</param>
    /// <param name="maxBodyBytes">The maximum length of a body.</param>
    /// <exception cref="BadRequestException">
    /// The fields contradict each other, or require what this server does not support.
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
                case KnownHeader.Ambiguous:
                    throw new BadRequestException(
                        400,
                        "a field of the framing has an underscore for its hyphen, which services read differently"
                    );
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
                throw new BadRequestException(400, "the request's Transfer-Encoding contains more than 'chunked'");
            }

            if (!HttpText.Is(coding, "chunked"u8))
            {
                throw HttpText.IsToken(coding)
                    ? new BadRequestException(501, "this server supports only the Transfer-Encoding 'chunked'")
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
            throw new BadRequestException(417, "this server supports only the expectation '100-continue'");
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
