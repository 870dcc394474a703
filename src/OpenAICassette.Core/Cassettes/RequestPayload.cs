using System.Text.Unicode;
using OpenAICassette.Text;

namespace OpenAICassette.Cassettes;

/// <summary>
/// Represents the body of a request that is not JSON as a JSON value: a string with its text, a string with its bytes in
/// base64, or a list of the parts of a multipart body. It is what a recording keeps, what is searched for secrets, and
/// what is matched.
/// </summary>
/// <param name="Encoding">How the value holds the body: one of the constants of this type.</param>
/// <param name="MediaType">The media type of the body; null if none was sent.</param>
/// <param name="Json">The value.</param>
internal sealed record RequestPayload(string Encoding, string? MediaType, ReadOnlyMemory<byte> Json)
{
    /// <summary>The value is a string with the body's text.</summary>
    public const string TextEncoding = "text";

    /// <summary>The value is a string with the body's bytes in base64.</summary>
    public const string Base64Encoding = "base64";

    /// <summary>The value is a list with the parts of a multipart body.</summary>
    public const string PartsEncoding = "parts";

    /// <summary>The size from which bytes that are not text are not searched for secrets.</summary>
    private const int LargeBytes = 1 << 20;

    /// <summary>Returns the payload of a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="scrub">Removes the secrets from bytes that are not text, before they are encoded.</param>
    public static RequestPayload Of(Body body, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub)
    {
        if (
            MultipartText.BoundaryOf(body.MediaType) is { } boundary
            && MultipartText.Split(body.Bytes, boundary) is { } pieces
        )
        {
            return new(PartsEncoding, body.MediaType, Write(pieces, scrub));
        }

        return IsText(body.Bytes.Span)
            ? new(TextEncoding, body.MediaType, AsciiString.Quote(System.Text.Encoding.UTF8.GetString(body.Bytes.Span)))
            : new(Base64Encoding, body.MediaType, AsciiString.Quote(Base64(body.Bytes, scrub)));
    }

    /// <summary>Returns the body.</summary>
    public Body ToBody() => Body.FromBytes(Decode(JsonValue.ParseOrUndefined(Json)), MediaType);

    /// <summary>Returns the parts of a multipart body.</summary>
    public IEnumerable<BodyPart> Parts() => Pieces(JsonValue.ParseOrUndefined(Json)).Select(piece => piece.Part);

    private byte[] Decode(JsonValue value) =>
        Encoding switch
        {
            PartsEncoding when MultipartText.BoundaryOf(MediaType) is { } boundary => MultipartText.Join(
                Pieces(value),
                boundary
            ),
            Base64Encoding => FromBase64(value.Text),
            _ => System.Text.Encoding.UTF8.GetBytes(value.Text ?? string.Empty),
        };

    private static IEnumerable<MultipartPiece> Pieces(JsonValue parts) =>
        parts.Elements.Select(part => new MultipartPiece(
            string.Concat(part["headers"].Elements.Select(line => HeaderLine(line.Text ?? string.Empty))),
            part["base64"].Exists
                ? FromBase64(part["base64"].Text)
                : System.Text.Encoding.UTF8.GetBytes(part["value"].Text ?? string.Empty)
        ));

    private static string HeaderLine(string line) =>
        $"{System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(line))}\r\n";

    private static byte[] Write(
        IEnumerable<MultipartPiece> pieces,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub
    )
    {
        var output = new ByteBuilder(1024);
        output.Append("["u8);
        foreach (var piece in pieces)
        {
            output.Append(output.Length > 1 ? ",{"u8 : "{"u8);
            if (piece.Part.Name is { } name)
            {
                output.Append("\"name\":"u8);
                AsciiString.Write(output, name);
                output.Append(","u8);
            }

            output.Append("\"headers\":["u8);
            var lines = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.Latin1.GetBytes(piece.Head));
            var isFirst = true;
            foreach (var line in lines.Split("\r\n")[..^1])
            {
                output.Append(isFirst ? ""u8 : ","u8);
                isFirst = false;
                AsciiString.Write(output, line);
            }

            output.Append("],"u8);
            WriteContent(output, piece.Content, scrub);
            output.Append("}"u8);
        }

        output.Append("]"u8);
        return output.ToArray();
    }

    private static void WriteContent(
        ByteBuilder output,
        ReadOnlyMemory<byte> content,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub
    )
    {
        var isText = IsText(content.Span);
        output.Append(isText ? "\"value\":"u8 : "\"base64\":"u8);
        AsciiString.Write(output, isText ? System.Text.Encoding.UTF8.GetString(content.Span) : Base64(content, scrub));
    }

    /// <summary>Returns whether bytes are text that can be read: UTF-8 without control characters.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) && bytes.IndexOf((byte)0) < 0;

    private static string Base64(ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub) =>
        Convert.ToBase64String((bytes.Length < LargeBytes ? scrub(bytes) : bytes).Span);

    private static byte[] FromBase64(string? text)
    {
        var bytes = new byte[text?.Length ?? 0];
        return Convert.TryFromBase64String(text ?? string.Empty, bytes, out var length) ? bytes[..length] : [];
    }
}
