using System.Text.Json;
using OpenAICassette.Apis;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.Traces;

/// <summary>
/// Reads the input and the output of a span that have no agreed form. Where the output is a whole response of an API,
/// it and the request stay as they are; else their messages are read.
/// </summary>
/// <param name="Path">
/// The path of the operation that the output answers; null if it is not a response of an API.
/// </param>
internal readonly record struct RawExchange(string? Path)
{
    /// <summary>Returns what an output answers.</summary>
    public static RawExchange Of(JsonValue output) =>
        new(output.Kind == JsonValueKind.Object ? ApiFamilies.PathOf(output) : null);

    /// <summary>Returns what an input and an output say.</summary>
    /// <param name="input">The input.</param>
    /// <param name="output">The output.</param>
    /// <param name="model">The model; null if it is not known.</param>
    public static SpanContent Read(JsonValue input, JsonValue output, string? model)
    {
        var path = Of(output).Path;
        return path is null
            ? new SpanContent
            {
                ReadMessages = () => TracedMessages.Read(input),
                Choices = TracedMessages.Answers(output),
            }
            : new SpanContent { RawRequest = RequestOf(input, path, model), RawResponse = output.Utf8 };
    }

    private static ReadOnlyMemory<byte> RequestOf(JsonValue input, string path, string? model)
    {
        if (RequestReader.FindInput(input).Exists)
        {
            return input.Utf8;
        }

        return JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            if (model is not null)
            {
                writer.WriteText("model", model);
            }

            writer.WriteAsIs(InputOf(path), input);
            writer.WriteEndObject();
        });
    }

    private static string InputOf(string path) =>
        path.Contains("enerate", StringComparison.Ordinal) ? "contents"
        : path.EndsWith("/responses", StringComparison.Ordinal) ? "input"
        : path.EndsWith("/completions", StringComparison.Ordinal) && !path.Contains("chat", StringComparison.Ordinal)
            ? "prompt"
        : "messages";
}
