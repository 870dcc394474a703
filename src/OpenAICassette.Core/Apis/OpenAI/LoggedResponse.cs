using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Apis.OpenAI;

/// <summary>Represents requests and responses of the Responses API that a log keeps as single items.</summary>
internal static class LoggedResponse
{
    private const string CallEnd = "_call";
    private const string Usage = "usage";

    /// <summary>Returns whether the model made an item; otherwise it was told to it.</summary>
    public static bool IsAnswer(JsonValue item) =>
        item["type"].Text switch
        {
            "message" => item["role"].Text == "assistant",
            "reasoning" => true,
            { } type => type.EndsWith(CallEnd, StringComparison.Ordinal),
            null => false,
        };

    /// <summary>Returns whether the user said an item; false for the result of a tool.</summary>
    public static bool IsPrompt(JsonValue item) => item["type"].Text == "message" && item["role"].Text == "user";

    /// <summary>Returns the name of the tool that an item calls; null for another item.</summary>
    public static string? ToolOf(JsonValue item) =>
        item["type"].Text is { } type && type.EndsWith(CallEnd, StringComparison.Ordinal)
            ? item["name"].Text ?? type[..^CallEnd.Length]
            : null;

    /// <summary>Returns the number of messages that an item is; a thought that is only encrypted is none.</summary>
    public static int Count(JsonValue item) =>
        item["type"].Text != "reasoning"
        || item["summary"]
            .Elements.Concat(item["content"].Elements)
            .Any(thought => thought["text"].Text is { Length: > 0 })
            ? 1
            : 0;

    /// <summary>Returns the first text of a message.</summary>
    public static string TextOf(JsonValue item) =>
        item["content"][0]["text"].Text ?? item["content"].Text ?? string.Empty;

    /// <summary>Returns a message of the user.</summary>
    public static byte[] Said(JsonValue text) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", "message");
            writer.WriteString("role", "user");
            writer.WriteStartArray("content");
            writer.WriteStartObject();
            writer.WriteString("type", "input_text");
            writer.WriteAsIs("text", text);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        });

    /// <summary>Returns a request.</summary>
    public static byte[] Request(
        string? model,
        JsonValue instructions,
        JsonValue effort,
        JsonValue tools,
        IEnumerable<ReadOnlyMemory<byte>> items
    ) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            WriteModel(writer, model);
            writer.WriteAsIs("instructions", instructions);
            if (effort.HasValue)
            {
                writer.WriteStartObject("reasoning");
                writer.WriteAsIs("effort", effort);
                writer.WriteEndObject();
            }

            writer.WriteAsIs("tools", tools);
            writer.WriteArray("input", items);
            writer.WriteEndObject();
        });

    /// <summary>Returns a response.</summary>
    /// <param name="model">The model.</param>
    /// <param name="items">What it answered.</param>
    /// <param name="counts">The tokens, as logs count them; undefined if they are not known.</param>
    public static byte[] Answer(string? model, IEnumerable<ReadOnlyMemory<byte>> items, JsonValue counts) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("object", "response");
            writer.WriteString("status", "completed");
            WriteModel(writer, model);
            writer.WriteArray("output", items);
            if (counts.HasValue)
            {
                writer.WritePropertyName(Usage);
                writer.WriteAsIs(UsageOf(counts));
            }

            writer.WriteEndObject();
        });

    /// <summary>Returns tokens as the API counts them.</summary>
    public static byte[] UsageOf(JsonValue counts) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteAsIs("input_tokens", counts["input_tokens"]);
            WriteDetail(writer, "input_tokens_details", "cached_tokens", counts["cached_input_tokens"]);
            writer.WriteAsIs("output_tokens", counts["output_tokens"]);
            WriteDetail(writer, "output_tokens_details", "reasoning_tokens", counts["reasoning_output_tokens"]);
            writer.WriteAsIs("total_tokens", counts["total_tokens"]);
            writer.WriteEndObject();
        });

    private static void WriteModel(Utf8JsonWriter writer, string? model)
    {
        if (model is not null)
        {
            writer.WriteString("model", model);
        }
    }

    private static void WriteDetail(Utf8JsonWriter writer, string name, string member, JsonValue count)
    {
        if (count.HasValue)
        {
            writer.WriteStartObject(name);
            writer.WriteAsIs(member, count);
            writer.WriteEndObject();
        }
    }
}
