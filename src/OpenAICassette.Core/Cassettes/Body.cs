using System.Globalization;
using System.Text;
using System.Text.Unicode;
using OpenAICassette.Text;

namespace OpenAICassette;

/// <summary>
/// Represents the content of a message after content coding is removed, with its media type; seen as JSON or text where
/// it is.
/// </summary>
public sealed class Body
{
    private readonly Lazy<ReadOnlyMemory<byte>>? _deferred;
    private readonly Lazy<JsonValue>? _json;
    private readonly JsonValue _known;
    private readonly ReadOnlyMemory<byte> _bytes;

    private Body(string? mediaType, Func<ReadOnlyMemory<byte>> read)
    {
        MediaType = mediaType;
        _deferred = new(read);
        _json = new(() => JsonValue.ParseOrUndefined(Bytes));
    }

    private Body(string? mediaType, ReadOnlyMemory<byte> bytes, JsonValue known)
    {
        MediaType = mediaType;
        _bytes = bytes;
        Recorded = bytes;
        _known = known;
        _json = known.Exists || bytes.IsEmpty ? null : new(() => JsonValue.ParseOrUndefined(Bytes));
    }

    /// <summary>Gets a body without content.</summary>
    public static Body Empty { get; } = new(null, default, default);

    /// <summary>
    /// Gets the media type as recorded, for example <c>application/json</c>; null if none was recorded.
    /// </summary>
    public string? MediaType { get; }

    /// <summary>Gets the content.</summary>
    public ReadOnlyMemory<byte> Bytes => _deferred?.Value ?? _bytes;

    /// <summary>Gets the content as recorded, with the coding that the recorder left in place.</summary>
    public ReadOnlyMemory<byte> Recorded
    {
        get => _deferred?.Value ?? field;
        private init;
    }

    /// <summary>
    /// Gets the content coding of <see cref="Recorded"/>, for example <c>gzip</c>; null if it has none.
    /// </summary>
    public string? Coding { get; private init; }

    /// <summary>
    /// Gets why the content could not be decoded, so that it is still as recorded; null if it is decoded.
    /// </summary>
    internal string? Undecoded { get; private init; }

    /// <summary>Gets whether the recorder kept a value instead of bytes, so that the layout is its own.</summary>
    internal bool IsValue => _known.Exists;

    /// <summary>Gets whether there is no content.</summary>
    public bool IsEmpty => _deferred is null && _bytes.IsEmpty;

    /// <summary>Gets the content as JSON, numbers as written; undefined if it is not JSON.</summary>
    public JsonValue Json => _json is null ? _known : _json.Value;

    /// <summary>Gets the content as text; null if it is not UTF-8.</summary>
    public string? Text => Utf8.IsValid(Bytes.Span) ? Encoding.UTF8.GetString(Bytes.Span) : null;

    /// <summary>Gets the parts of a multipart body, in order; none for any other body.</summary>
    public IReadOnlyList<BodyPart> Parts => field ??= BodyPart.Read(this);

    /// <summary>
    /// Gets the content as a .NET object: JSON as in <see cref="JsonValue.Value"/>, other text as a string, all else as
    /// bytes; null if there is no content. This is the body that PowerShell shows.
    /// </summary>
    public object? Value
    {
        get
        {
            if (IsEmpty)
            {
                return null;
            }

            return Json.Exists ? Json.Value : (object?)Text ?? Bytes.ToArray();
        }
    }

    /// <summary>Creates a body from a JSON value, which keeps its bytes.</summary>
    /// <param name="value">The value; undefined for a body without content.</param>
    /// <param name="mediaType">The media type; null if it is not known.</param>
    public static Body FromJson(JsonValue value, string? mediaType = "application/json") =>
        value.Exists ? new Body(mediaType, value.Utf8, value) : Empty;

    /// <summary>Creates a body from bytes without content coding.</summary>
    /// <param name="bytes">The content; it must not change afterwards.</param>
    /// <param name="mediaType">The media type; null if it is not known.</param>
    public static Body FromBytes(ReadOnlyMemory<byte> bytes, string? mediaType) =>
        bytes.IsEmpty ? Empty : new(mediaType, bytes, default);

    /// <summary>Creates a body whose bytes are read when they are needed.</summary>
    /// <param name="read">Reads the bytes.</param>
    /// <param name="mediaType">The media type; null if it is not known.</param>
    internal static Body Deferred(Func<ReadOnlyMemory<byte>> read, string? mediaType) => new(mediaType, read);

    /// <summary>
    /// Creates a body from what a recorder kept, and removes a content coding that is still in place.
    /// </summary>
    /// <param name="recorded">The bytes as recorded; they must not change afterwards.</param>
    /// <param name="mediaType">The media type; null if it is not known.</param>
    /// <param name="contentEncoding">The value of Content-Encoding; null if there is none.</param>
    /// <exception cref="InvalidDataException">The bytes decode to more than is held in memory.</exception>
    public static Body FromRecorded(ReadOnlyMemory<byte> recorded, string? mediaType, string? contentEncoding)
    {
        try
        {
            var bytes = ContentCoding.Decode(recorded, contentEncoding, out var coding);
            return bytes.IsEmpty && recorded.IsEmpty
                ? Empty
                : new Body(mediaType, bytes, default) { Recorded = recorded, Coding = coding };
        }
        catch (MissingDecoderException e)
        {
            return new Body(mediaType, recorded, default) { Coding = e.Coding, Undecoded = e.Message };
        }
    }

    /// <summary>Returns the text; the number of bytes if the content is not text.</summary>
    public override string ToString() => Text ?? string.Create(CultureInfo.InvariantCulture, $"{Bytes.Length} bytes");
}
