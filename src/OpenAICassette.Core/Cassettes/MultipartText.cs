using System.Net.Http.Headers;
using System.Text;

namespace OpenAICassette.Cassettes;

/// <summary>Splits a multipart body into parts that give exactly the same bytes when they are joined again.</summary>
internal static class MultipartText
{
    /// <summary>Returns the boundary that a media type names; null if it is not a multipart type.</summary>
    public static string? BoundaryOf(string? mediaType)
    {
        var isMultipart =
            MediaTypeHeaderValue.TryParse(mediaType, out var type)
            && type.MediaType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);
        var boundary = isMultipart
            ? type!.Parameters.FirstOrDefault(each => each.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))
            : null;
        return boundary?.Value?.Trim('"') is { Length: > 0 } value ? value : null;
    }

    /// <summary>Returns the head of each part, which ends with a blank line, and its content.</summary>
    /// <param name="body">The body.</param>
    /// <param name="boundary">The boundary.</param>
    /// <param name="isOpen">Whether the last boundary ends without a line end.</param>
    /// <returns>The parts; null if the body is not exactly what <see cref="Join"/> makes of them.</returns>
    public static List<MultipartPiece>? Split(ReadOnlyMemory<byte> body, string boundary, out bool isOpen)
    {
        isOpen = false;
        var first = Encoding.UTF8.GetBytes($"--{boundary}\r\n");
        var next = Encoding.UTF8.GetBytes($"\r\n--{boundary}");
        if (!body.Span.StartsWith(first))
        {
            return null;
        }

        var pieces = new List<MultipartPiece>();
        for (var at = first.Length; ; )
        {
            var rest = body[at..];
            var length = rest.Span.IndexOf(next);
            var head = rest.Span.StartsWith("\r\n"u8) ? 0 : rest.Span.IndexOf("\r\n\r\n"u8) + 2;
            if (length < 0 || head == 1 || head + 2 > length)
            {
                return null;
            }

            pieces.Add(new MultipartPiece(Encoding.Latin1.GetString(rest.Span[..head]), rest[(head + 2)..length]));
            var end = rest.Span[(length + next.Length)..];
            if (end.SequenceEqual("--\r\n"u8) || end.SequenceEqual("--"u8))
            {
                isOpen = end.Length == 2;
                return pieces;
            }

            if (!end.StartsWith("\r\n"u8))
            {
                return null;
            }

            at += length + next.Length + 2;
        }
    }

    /// <summary>Returns the body that has these parts.</summary>
    public static byte[] Join(IEnumerable<MultipartPiece> pieces, string boundary, bool isOpen)
    {
        var body = new MemoryStream();
        void Write(string text) => body.Write(Encoding.Latin1.GetBytes(text));
        foreach (var piece in pieces)
        {
            Write($"--{boundary}\r\n{piece.Head}\r\n");
            body.Write(piece.Content.Span);
            Write("\r\n");
        }

        Write(isOpen ? $"--{boundary}--" : $"--{boundary}--\r\n");
        return body.ToArray();
    }
}

/// <summary>Represents a part of a multipart body as it was sent.</summary>
/// <param name="Head">Its header lines with their line ends, one character for each byte.</param>
/// <param name="Content">Its content.</param>
internal readonly record struct MultipartPiece(string Head, ReadOnlyMemory<byte> Content)
{
    /// <summary>Gets the part as everything else sees it.</summary>
    public BodyPart Part
    {
        get
        {
            var fields = Encoding
                .UTF8.GetString(Encoding.Latin1.GetBytes(Head))
                .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(':', 2))
                .Where(pair => pair.Length == 2)
                .Select(pair => new HeaderField(pair[0], pair[1].Trim()));
            var headers = new HeaderList(fields);
            return new BodyPart(headers, Body.FromBytes(Content, headers["content-type"]));
        }
    }
}
