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

        return Media(part) is var (kind, source, mediaType) && source.Text is { } value
            ? new ContentPart(kind, mediaType is null ? value : $"data:{mediaType};base64,{value}")
            : new ContentPart(ContentPartKind.Json, part.ToCompactJson(), TypeOf(part));
    }

    /// <summary>The value inside a part of a response that the content part shows: of an image its data, of what is unknown all of it.</summary>
    public static JsonValue Shown(JsonValue part) => part.Kind == JsonValueKind.Object && Media(part).Source is { Exists: true } source ? source : part;

    /// <summary>An image, sound or file: the value with its URL, id or data, and the media type of data; nothing for another part.</summary>
    private static (ContentPartKind Kind, JsonValue Source, string? MediaType) Media(JsonValue part)
    {
        var type = TypeOf(part);
        var source = part["source"];
        var inline = part[type ?? string.Empty];
        return type switch
        {
            "image_url" or "input_image" or "computer_screenshot" => (ContentPartKind.Image, Either(part["image_url"], part["image_url"]["url"]), null),
            "image" or "document" when source["type"].Text != "text" && (source["url"].Text ?? source["data"].Text) is not null
                => (type == "image" ? ContentPartKind.Image : ContentPartKind.File, Either(source["url"], source["data"]), source["url"].Text is null ? source["media_type"].Text ?? (type == "image" ? "image/*" : string.Empty) : null),
            "inline_data" or "inlineData" => Inline(inline["data"], Either(inline["mime_type"], inline["mimeType"]).Text),
            "file_data" or "fileData" when inline.Kind == JsonValueKind.Object => (ContentPartKind.File, Either(inline["file_uri"], inline["fileUri"]), null),
            "image" when part["data"].Text is not null => Inline(part["data"], part["mime_type"].Text ?? "image/*"),
            "image_generation_call" => Inline(part["result"], $"image/{part["output_format"].Text ?? "*"}"),
            "input_audio" => (ContentPartKind.Audio, part["input_audio"]["data"], $"audio/{part["input_audio"]["format"]}"),
            "file" or "input_file" => (ContentPartKind.File, File(part["file"].HasValue ? part["file"] : part), null),
            _ => default,
        };
    }

    /// <summary>A part's type; Gemini's have none, but a member of their own among a few that many parts have.</summary>
    private static string? TypeOf(JsonValue part)
        => part["type"].Text ?? part.Members.Select(member => member.Key).OrderBy(name => name is "thought" or "thoughtSignature" or "thought_signature" ? 1 : 0).FirstOrDefault();

    private static (ContentPartKind Kind, JsonValue Source, string? MediaType) Inline(JsonValue data, string? mediaType)
        => (KindOf(mediaType ?? string.Empty), data, mediaType ?? string.Empty);

    private static JsonValue File(JsonValue file) => Either(file["file_id"], Either(file["file_url"], file["filename"]));

    private static JsonValue Either(JsonValue one, JsonValue other) => one.Kind == JsonValueKind.String ? one : other;

    private static ContentPartKind KindOf(string mediaType)
        => mediaType.StartsWith("image/", StringComparison.Ordinal) ? ContentPartKind.Image
        : mediaType.StartsWith("audio/", StringComparison.Ordinal) ? ContentPartKind.Audio
        : ContentPartKind.File;
}
