namespace OpenAICassette.Apis;

/// <summary>Reads the images that OpenAI's image API, those that follow it, and Vertex AI's Imagen answer.</summary>
internal static class ImageAnswer
{
    /// <summary>Returns the images as parts of a message; none for another answer.</summary>
    public static List<ContentPart> Read(JsonValue answer)
    {
        var format = answer["output_format"].Text;
        var type = format is null ? null : $"image/{format}";
        var made = answer["data"].Elements.Select(image => PartOf(image["b64_json"], type, image["url"]));
        var predicted = answer["predictions"]
            .Elements.Select(image => PartOf(image["bytesBase64Encoded"], image["mimeType"].Text, default));
        return [.. made.Concat(predicted).OfType<ContentPart>()];
    }

    private static ContentPart? PartOf(JsonValue data, string? mediaType, JsonValue address) =>
        data.Text is { Length: > 0 } text
            ? new ContentPart(
                ContentPartKind.Image,
                DataUrl.Of(mediaType ?? DataUrl.PictureTypeOf(text) ?? "image/*", data)
            )
        : address.Text is { } url ? new ContentPart(ContentPartKind.Image, url)
        : null;
}
