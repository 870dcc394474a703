using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace OpenAICassette.Http;

/// <summary>Removes the Content-Encoding of a request body (RFC 9110, section 8.4).</summary>
internal static class ContentDecoder
{
    private const int MaxCodings = 3;

    /// <summary>Decodes a body.</summary>
    /// <param name="headers">The request's fields.</param>
    /// <param name="body">The body as sent.</param>
    /// <param name="maxBytes">The maximum length of the result.</param>
    /// <param name="share">Counts what is decoded.</param>
    /// <exception cref="BadRequestException">
    /// The coding is unknown, the body does not follow it, or the result is too long.
    /// </exception>
    public static ReadOnlyMemory<byte> Decode(
        HttpHeaders headers,
        ReadOnlyMemory<byte> body,
        long maxBytes,
        BodyShare share
    )
    {
        if (body.IsEmpty || Codings(headers) is not { } codings)
        {
            return body;
        }

        // The coding that was applied last is removed first.
        foreach (var coding in Enumerable.Reverse(codings))
        {
            body = Decode(coding, body, maxBytes, share);
        }

        return body;
    }

    private static List<string>? Codings(HttpHeaders headers)
    {
        List<string>? codings = null;
        for (var i = 0; i < headers.Count; i++)
        {
            var list = headers.Known(i) == KnownHeader.ContentEncoding ? headers.Bytes(i) : default;
            while (HttpText.TryTakeElement(ref list, out var coding))
            {
                codings ??= [];
                codings.Add(Encoding.Latin1.GetString(coding).ToLowerInvariant());
            }
        }

        return codings?.Count > MaxCodings ? throw Unknown() : codings;
    }

    private static ReadOnlyMemory<byte> Decode(string coding, ReadOnlyMemory<byte> body, long maxBytes, BodyShare share)
    {
        if (coding == "identity")
        {
            return body;
        }

        if (!MemoryMarshal.TryGetArray(body, out var bytes))
        {
            bytes = body.ToArray();
        }

        var stream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        using Stream decoder = coding switch
        {
            "gzip" or "x-gzip" => GZipReader.Open(stream),
            "deflate" when IsZLib(bytes) => new ZLibStream(
                new TruncationCheckedStream(stream),
                CompressionMode.Decompress
            ),
            // Some clients use this name for the raw format.
            "deflate" => new DeflateStream(new TruncationCheckedStream(stream), CompressionMode.Decompress),
            "br" => new BrotliStream(new TruncationCheckedStream(stream), CompressionMode.Decompress),
            _ => throw Unknown(),
        };
        try
        {
            return Read(decoder, maxBytes, share);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
        {
            throw new BadRequestException(400, $"the request's body is not valid {coding}");
        }
    }

    private static ReadOnlyMemory<byte> Read(Stream decoder, long maxBytes, BodyShare share)
    {
        using var result = new MemoryStream();
        var piece = new byte[16 * 1024];
        while (decoder.Read(piece) is var count and > 0)
        {
            if (result.Length + count > maxBytes)
            {
                throw new BadRequestException(413, $"the request's body is longer than {maxBytes} bytes when decoded");
            }

            if (result.Length + count > result.Capacity)
            {
                var capacity = Math.Max(result.Capacity * 2, piece.Length);
                share.Take(capacity - result.Capacity);
                result.Capacity = capacity;
            }

            result.Write(piece, 0, count);
        }

        return result.GetBuffer().AsMemory(0, (int)result.Length);
    }

    /// <summary>Returns whether the body begins as RFC 1950 requires.</summary>
    private static bool IsZLib(ReadOnlySpan<byte> body) =>
        body.Length >= 2 && (body[0] & 0x0F) == 8 && ((body[0] << 8) + body[1]) % 31 == 0;

    private static BadRequestException Unknown() =>
        new(415, "the request's Content-Encoding is not one of gzip, deflate and br");
}
