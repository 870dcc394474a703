using System.Text.Json;
using OpenAICassette.Apis.Audio;

namespace OpenAICassette.Apis.OpenAI;

/// <summary>Images, sound and files in the content parts of chat completions and of the Responses API.</summary>
internal static class OpenAIMedia
{
    /// <summary>Returns where the data is; the default for another part.</summary>
    public static MediaSource Find(JsonValue part, string? type) =>
        type switch
        {
            "image_url" or "input_image" or "computer_screenshot" => MediaSource.OfReference(
                ContentPartKind.Image,
                Either(part["image_url"], part["image_url"]["url"])
            ),
            "image_generation_call" => MediaSource.OfData(part["result"], $"image/{part["output_format"].Text ?? "*"}"),
            "input_audio" when part["audio"].Exists => new(ContentPartKind.Audio, part["audio"], RawAudio.UsualType),
            "input_audio" => Audio(part["input_audio"]),
            "file" or "input_file" => File(part["file"].HasValue ? part["file"] : part),
            _ => default,
        };

    private static MediaSource Audio(JsonValue audio) =>
        new(ContentPartKind.Audio, audio["data"], $"audio/{audio["format"]}");

    private static MediaSource File(JsonValue file)
    {
        var reference = Either(file["file_id"], Either(file["file_url"], file["filename"]));
        return MediaSource.OfReference(ContentPartKind.File, reference);
    }

    private static JsonValue Either(JsonValue one, JsonValue other) => one.Kind == JsonValueKind.String ? one : other;
}
