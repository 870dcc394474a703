using System.Text.Json;
using System.Text.Unicode;
using OpenAICassette.Apis.Audio;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.BareAnswer;

/// <summary>
/// Names what a file seems to be that could be the answer of an API, and could be something else as well: it is not
/// read, and the error says why.
/// </summary>
internal static class UnknownAnswer
{
    private const string Doubt = "but nothing in it says which API answered so";

    /// <summary>Returns what a file seems to be; null if it is nothing that is known here.</summary>
    /// <param name="document">The file's bytes.</param>
    public static string? NameOf(ReadOnlySpan<byte> document)
    {
        if (!Utf8.IsValid(document))
        {
            return AudioFile.Recognize(document) is var (_, type)
                ? $"this seems to be sound ({type}), which an API may have answered, {Doubt}"
                : null;
        }

        var text = document[JsonText.MarkLength(document)..];
        return text.StartsWith("WEBVTT"u8) ? $"these seem to be subtitles, which an API may have answered, {Doubt}"
            : DocumentFormat.IsJson(text) ? NameOf(JsonValue.ParseOrUndefined(text.ToArray()))
            : null;
    }

    private static string? NameOf(JsonValue value)
    {
        var isRequest = value["messages"][0]["role"].Exists || value["contents"][0]["parts"].Exists;
        return isRequest ? "this seems to be the body of a request without its answer"
            : value["text"].Text is not null && value.Count <= 4
                ? $"this seems to be a text that was made from sound, {Doubt}"
            : value["error"]["message"].Text is not null ? $"this seems to be the body of an error, {Doubt}"
            : value["embedding"][0].Kind == JsonValueKind.Number
            || value["embeddings"][0][0].Kind == JsonValueKind.Number
                ? $"this seems to be an embedding, {Doubt}"
            : value["status"].Text is not null && value["created_on"].Exists
                ? $"this seems to be the state of a job, {Doubt}"
            : value["status"].WholeNumber is not null && value["headers"].Exists && value["body"].Exists
                ? "this seems to be a response without its request, and its body is not the answer of a known API"
            : null;
    }
}
