namespace OpenAICassette.Apis;

/// <summary>Where an image, sound or file is in a content part.</summary>
/// <param name="Kind">What it is; <see cref="ContentPartKind.Text"/> for a document that is text.</param>
/// <param name="Value">The value that holds its URL, id or data; undefined where there is none.</param>
/// <param name="MediaType">The media type of data in base64; null for a URL or an id.</param>
internal readonly record struct MediaSource(ContentPartKind Kind, JsonValue Value, string? MediaType)
{
    /// <summary>Returns the source of data in base64, whose media type says what it is.</summary>
    public static MediaSource OfData(JsonValue data, string? mediaType)
    {
        mediaType ??= string.Empty;
        var kind =
            mediaType.StartsWith("image/", StringComparison.Ordinal) ? ContentPartKind.Image
            : mediaType.StartsWith("audio/", StringComparison.Ordinal) ? ContentPartKind.Audio
            : ContentPartKind.File;
        return new MediaSource(kind, data, mediaType);
    }

    /// <summary>Returns the source at a URL or id.</summary>
    public static MediaSource OfReference(ContentPartKind kind, JsonValue reference) => new(kind, reference, null);
}
