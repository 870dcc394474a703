using OpenAICassette.Text;
using Utf = System.Text.Encoding;

namespace OpenAICassette.Cassettes;

/// <summary>
/// Represents the body of a request that is not JSON as a JSON value. It is what a recording keeps, what is searched for
/// secrets, and what is matched.
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

    /// <summary>As <see cref="PartsEncoding"/>; the body ends with the last boundary, without a line end.</summary>
    public const string OpenPartsEncoding = "open-parts";

    /// <summary>The value names the file with the body's bytes.</summary>
    public const string FileEncoding = "file";

    /// <summary>The value is an empty object, and no body was sent.</summary>
    public const string NoBody = "none";

    /// <summary>Gets whether the value is a list with the parts of a multipart body.</summary>
    public bool HasParts => Encoding is PartsEncoding or OpenPartsEncoding;

    /// <summary>Returns the payload of a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="scrub">Removes the secrets from JSON, or from bytes that are not text.</param>
    /// <param name="save">Takes the content of each sidecar; null to use none.</param>
    public static RequestPayload Of(
        Body body,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub,
        Action<Sidecar, ReadOnlyMemory<byte>>? save = null
    )
    {
        var output = new ByteBuilder(1024);
        if (
            MultipartText.BoundaryOf(body.MediaType) is { } boundary
            && MultipartText.Split(body.Bytes, boundary, out var isOpen) is { } pieces
        )
        {
            output.Append("["u8);
            foreach (var piece in pieces)
            {
                output.Append(output.Length > 1 ? ","u8 : ""u8);
                WritePart(output, piece, PayloadContent.Of(piece.Content, scrub, save));
            }

            output.Append("]"u8);
            return new(isOpen ? OpenPartsEncoding : PartsEncoding, body.MediaType, output.Memory);
        }

        var content = PayloadContent.Of(body.Bytes, scrub, save);
        var isFile = content.File is not null;
        output.Append(isFile ? "{"u8 : ""u8);
        content.Write(output, isFile ? content.Name : null);
        output.Append(isFile ? "}"u8 : ""u8);
        return new(content.Name, body.MediaType, output.Memory);
    }

    /// <summary>Returns the body.</summary>
    /// <param name="open">Returns the content of a sidecar; null to show the payload instead of what it names.</param>
    public Body ToBody(Func<Sidecar, ReadOnlyMemory<byte>>? open = null)
    {
        var value = JsonValue.ParseOrUndefined(Json);
        var contents = Contents(value);
        return contents.TrueForAll(content => content.File is null)
                ? Body.FromBytes(Join(value, contents, open), MediaType)
            : open is null ? Body.FromJson(value, MediaType)
            : Body.Deferred(() => Join(value, contents, open), MediaType);
    }

    /// <summary>Returns the name, the file name, the media type and the content of each part.</summary>
    public IEnumerable<(BodyPart Part, PayloadContent Content)> Parts()
    {
        var value = JsonValue.ParseOrUndefined(Json);
        return value
            .Elements.Zip(Contents(value))
            .Select(part => (new MultipartPiece(HeadOf(part.First), default).Part, part.Second));
    }

    /// <summary>Returns the content of a body without parts.</summary>
    public PayloadContent Content() => Contents(JsonValue.ParseOrUndefined(Json))[0];

    private List<PayloadContent> Contents(JsonValue value) =>
        HasParts
            ? [.. value.Elements.Select(PayloadContent.Read)]
            :
            [
                Encoding == FileEncoding
                    ? PayloadContent.Read(value)
                    : PayloadContent.Of(Encoding, value.Text ?? string.Empty),
            ];

    private byte[] Join(JsonValue value, List<PayloadContent> contents, Func<Sidecar, ReadOnlyMemory<byte>>? open) =>
        HasParts && MultipartText.BoundaryOf(MediaType) is { } boundary
            ? MultipartText.Join(
                value.Elements.Zip(contents, (part, content) => new MultipartPiece(HeadOf(part), content.Bytes(open))),
                boundary,
                Encoding == OpenPartsEncoding
            )
            : contents[0].Bytes(open).ToArray();

    private static string HeadOf(JsonValue part) =>
        string.Concat(
            part["headers"]
                .Elements.Select(line => $"{Utf.Latin1.GetString(Utf.UTF8.GetBytes(line.Text ?? string.Empty))}\r\n")
        );

    private static void WritePart(ByteBuilder output, MultipartPiece piece, PayloadContent content)
    {
        output.Append("{"u8);
        if (piece.Part.Name is { } name)
        {
            output.Append("\"name\":"u8);
            AsciiString.Write(output, name);
            output.Append(","u8);
        }

        output.Append("\"headers\":["u8);
        var isFirst = true;
        foreach (var line in Utf.UTF8.GetString(Utf.Latin1.GetBytes(piece.Head)).Split("\r\n")[..^1])
        {
            output.Append(isFirst ? ""u8 : ","u8);
            isFirst = false;
            AsciiString.Write(output, line);
        }

        output.Append("],"u8);
        content.Write(output, content.Name == TextEncoding ? "value" : content.Name);
        output.Append("}"u8);
    }
}
