using System.Globalization;
using System.Text.Unicode;
using OpenAICassette.Text;
using Utf = System.Text.Encoding;

namespace OpenAICassette.Cassettes;

/// <summary>
/// Represents the content of a body that is not JSON, or of a part of one: text, bytes, or the name of a sidecar.
/// </summary>
/// <param name="Text">The text; null for other bytes.</param>
/// <param name="Base64">Bytes that are not text; null for text.</param>
/// <param name="File">The sidecar with the content; null if the content is here.</param>
internal readonly record struct PayloadContent(string? Text, string? Base64, Sidecar? File)
{
    private const int LongestScanned = 1 << 20;

    /// <summary>Gets how the content is held.</summary>
    public string Name =>
        File is not null ? RequestPayload.FileEncoding
        : Base64 is not null ? RequestPayload.Base64Encoding
        : RequestPayload.TextEncoding;

    /// <summary>Returns the content of some bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="scrub">Removes the secrets from JSON, or from bytes that are not text.</param>
    /// <param name="save">Takes the content of a sidecar; null to use none.</param>
    public static PayloadContent Of(
        ReadOnlyMemory<byte> bytes,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub,
        Action<Sidecar, ReadOnlyMemory<byte>>? save
    )
    {
        var isText = IsText(bytes.Span);
        if (save is null || bytes.Length <= Sidecar.Shortest)
        {
            return isText
                ? new(Utf.UTF8.GetString(bytes.Span), null, null)
                : new(null, Convert.ToBase64String(scrub(bytes).Span), null);
        }

        // Large bytes that are not text are kept as they are.
        var content = isText ? ScrubText(bytes, scrub) : bytes;
        var file = Sidecar.Of(content.Span);
        save(file, content);
        return new(null, null, file);
    }

    /// <summary>Reads the content that the members of an object hold.</summary>
    public static PayloadContent Read(JsonValue members) =>
        members["file"].Text is { } name ? new(null, null, new Sidecar(name, members["bytes"].WholeNumber ?? 0))
        : members["base64"].Text is { } base64 ? new(null, base64, null)
        : new(members["value"].Text ?? string.Empty, null, null);

    /// <summary>Reads the content that a string holds.</summary>
    public static PayloadContent Of(string encoding, string text) =>
        encoding == RequestPayload.Base64Encoding ? new(null, text, null) : new(text, null, null);

    /// <summary>Returns the bytes.</summary>
    /// <param name="open">Returns the content of a sidecar; null if there is none.</param>
    public ReadOnlyMemory<byte> Bytes(Func<Sidecar, ReadOnlyMemory<byte>>? open) =>
        File is { } file ? open?.Invoke(file) ?? default
        : Base64 is { } base64 ? FromBase64(base64)
        : Utf.UTF8.GetBytes(Text ?? string.Empty);

    /// <summary>Writes the content as JSON.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="member">The name of the member that holds it; null to write only the value.</param>
    public void Write(ByteBuilder output, string? member)
    {
        if (member is not null)
        {
            output.Append($"\"{member}\":");
        }

        AsciiString.Write(output, File?.Name ?? Base64 ?? Text);
        if (File is { } file)
        {
            output.Append(string.Create(CultureInfo.InvariantCulture, $",\"bytes\":{file.Length}"));
        }
    }

    /// <summary>Returns whether bytes are text that can be read: UTF-8 without null characters.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) => bytes.IndexOf((byte)0) < 0 && Utf8.IsValid(bytes);

    /// <summary>Returns whether bytes are the beginning of a text, which may end in the middle of a character.</summary>
    public static bool IsTextSoFar(ReadOnlySpan<byte> bytes)
    {
        const int longestCharacter = 4;
        for (var cut = 0; cut < longestCharacter && cut <= bytes.Length; cut++)
        {
            if (IsText(bytes[..^cut]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns a text without its secrets.</summary>
    public static ReadOnlyMemory<byte> ScrubText(
        ReadOnlyMemory<byte> text,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub
    )
    {
        if (text.Length > LongestScanned)
        {
            return ScrubPieces(text, scrub);
        }

        // The rules read JSON.
        ReadOnlyMemory<byte> quoted = AsciiString.Quote(Utf.UTF8.GetString(text.Span));
        var clean = scrub(quoted);
        return clean.Equals(quoted) ? text : JsonText.DecodeUtf8(clean.Span[1..^1]);
    }

    /// <summary>Removes the secrets from a long text piece by piece, so that the work needs little memory.</summary>
    private static ReadOnlyMemory<byte> ScrubPieces(
        ReadOnlyMemory<byte> text,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub
    )
    {
        ByteBuilder? changed = null;
        for (var start = 0; start < text.Length; )
        {
            var end = PieceEnd(text.Span, start);
            var clean = ScrubText(text[start..end], scrub);
            if (changed is null && !clean.Equals(text[start..end]))
            {
                changed = new ByteBuilder(text.Length + 1024);
                changed.Append(text.Span[..start]);
            }

            changed?.Append(clean.Span);
            start = end;
        }

        return changed?.Memory ?? text;
    }

    /// <summary>
    /// Returns where a piece of a long text ends: before a key that goes on in the next piece, at a line end, or else
    /// between two characters.
    /// </summary>
    private static int PieceEnd(ReadOnlySpan<byte> text, int start)
    {
        if (text.Length - start <= LongestScanned)
        {
            return text.Length;
        }

        var piece = text.Slice(start, LongestScanned);
        var key = piece.LastIndexOf("-----BEGIN "u8);
        var end = key < 0 ? 0 : piece[key..].IndexOf("-----END "u8);
        if (key > 0 && (end < 0 || piece[(key + end)..].IndexOf((byte)'\n') < 0))
        {
            return start + key;
        }

        var line = piece.LastIndexOf((byte)'\n');
        end = start + (line < 0 ? LongestScanned : line + 1);
        while ((text[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return end;
    }

    private static byte[] FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }
}
