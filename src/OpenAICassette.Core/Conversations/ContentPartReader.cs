using System.Text.Json;
using OpenAICassette.Json;

namespace OpenAICassette.Conversations;

/// <summary>Reads a content part under the names that the API families give it.</summary>
internal static class ContentPartReader
{
    /// <summary>The part; what is unknown is kept as recorded, under the name it has there.</summary>
    public static ContentPart Read(JsonValue part)
    {
        if (part.Kind != JsonValueKind.Object)
        {
            return new ContentPart(ContentPartKind.Text, part.ToString());
        }

        if (part["text"].Text is { } text)
        {
            return new ContentPart(ContentPartKind.Text, text);
        }

        var type = part["type"].Text ?? part.Members.FirstOrDefault().Key;
        return type switch
        {
            "image_url" or "input_image" when Url(part["image_url"]) is { } url => new ContentPart(ContentPartKind.Image, url),
            "image" or "document" when Source(part["source"]) is { } source
                => new ContentPart(type == "image" ? ContentPartKind.Image : ContentPartKind.File, source),
            "inline_data" or "inlineData" when Inline(part[type]) is { } data => new ContentPart(KindOf(data), data),
            "input_audio" when part["input_audio"]["data"].Text is { } audio
                => new ContentPart(ContentPartKind.Audio, $"data:audio/{part["input_audio"]["format"]};base64,{audio}"),
            "file" or "input_file" when File(part) is { } file => new ContentPart(ContentPartKind.File, file),
            _ => new ContentPart(ContentPartKind.Json, part.ToCompactJson(), type),
        };
    }

    private static string? Url(JsonValue image) => image.Text ?? image["url"].Text;

    private static string? Source(JsonValue source)
        => source["url"].Text ?? (source["data"].Text is { } data ? $"data:{source["media_type"]};base64,{data}" : null);

    private static string? Inline(JsonValue inline)
    {
        var mediaType = inline["mime_type"].Text ?? inline["mimeType"].Text;
        return inline["data"].Text is { } data ? $"data:{mediaType};base64,{data}" : null;
    }

    private static string? File(JsonValue part)
    {
        var file = part["file"].HasValue ? part["file"] : part;
        return file["file_id"].Text ?? file["file_url"].Text ?? file["filename"].Text;
    }

    private static ContentPartKind KindOf(string dataUrl)
        => dataUrl.StartsWith("data:image/", StringComparison.Ordinal) ? ContentPartKind.Image
        : dataUrl.StartsWith("data:audio/", StringComparison.Ordinal) ? ContentPartKind.Audio
        : ContentPartKind.File;
}
