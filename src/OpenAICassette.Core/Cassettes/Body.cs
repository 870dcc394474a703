using System.Text;
using System.Text.Unicode;

namespace OpenAICassette;

/// <summary>
/// The content of a message after content coding is removed, with its media type; seen as JSON or text where it is.
/// </summary>
public sealed class Body
{
    private readonly JsonValue _json;

    private Body(string? mediaType, ReadOnlyMemory<byte> bytes, JsonValue json)
    {
        MediaType = mediaType;
        Bytes = bytes;
        _json = json;
    }

    /// <summary>Gets a body without content.</summary>
    public static Body Empty { get; } = new(null, default, default);

    /// <summary>
    /// Gets the media type as recorded, for example <c>application/json</c>; null if none was recorded.
    /// </summary>
    public string? MediaType { get; }

    /// <summary>Gets the content.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Gets whether there is no content.</summary>
    public bool IsEmpty => Bytes.IsEmpty;

    /// <summary>Gets the content as JSON, numbers as written; undefined if it is not JSON.</summary>
    public JsonValue Json => _json;

    /// <summary>Gets the content as text; null if it is not UTF-8.</summary>
    public string? Text => Utf8.IsValid(Bytes.Span) ? Encoding.UTF8.GetString(Bytes.Span) : null;

    /// <summary>
    /// Gets the content as a .NET object: JSON as in <see cref="JsonValue.Value"/>, other text as a string, all else as
    /// bytes; null if there is no content. This is the body that PowerShell shows.
    /// </summary>
    public object? Value =>
        IsEmpty ? null
        : Json.Exists ? Json.Value
        : (object?)Text ?? Bytes.ToArray();

    /// <summary>Creates a body from a JSON value, which keeps its bytes.</summary>
    /// <param name="value">The value; undefined for a body without content.</param>
    /// <param name="mediaType">The media type; null if it is not known.</param>
    public static Body FromJson(JsonValue value, string? mediaType = "application/json") =>
        value.Exists ? new Body(mediaType, value.Utf8, value) : Empty;

    /// <summary>Creates a body from bytes without content coding.</summary>
    /// <param name="bytes">The content; it must not change afterwards.</param>
    /// <param name="mediaType">The media type; null if it is not known.</param>
    public static Body FromBytes(ReadOnlyMemory<byte> bytes, string? mediaType) =>
        bytes.IsEmpty ? Empty : new(mediaType, bytes, JsonValue.ParseOrUndefined(bytes));

    /// <summary>Returns the text; of what is not text, the number of bytes.</summary>
    public override string ToString() =>
        Text ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Bytes.Length} bytes");
}
