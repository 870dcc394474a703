using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Apis.Anthropic;

/// <summary>
/// Represents messages of the Messages API in a log, which may keep the blocks of one response one by one.
/// </summary>
internal static class LoggedMessage
{
    private const string Content = "content";
    private const string Type = "type";

    /// <summary>Returns the response whose blocks these messages have; all else is as the last of them says.</summary>
    public static byte[] Join(IReadOnlyList<JsonValue> messages) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString(Type, "message");
            foreach (var (name, value) in messages[^1].Members)
            {
                if (name is not (Content or Type))
                {
                    writer.WriteAsIs(name, value);
                }
            }

            WriteBlocks(writer, messages);
            writer.WriteEndObject();
        });

    /// <summary>Returns the message with which a later request repeats a response.</summary>
    public static byte[] Repeat(IReadOnlyList<JsonValue> messages) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("role", "assistant");
            WriteBlocks(writer, messages);
            writer.WriteEndObject();
        });

    /// <summary>Returns a message as a request has it: its role and its content.</summary>
    public static byte[] Plain(JsonValue message) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteAsIs("role", message["role"]);
            writer.WriteAsIs(Content, message[Content]);
            writer.WriteEndObject();
        });

    /// <summary>Returns a request.</summary>
    public static byte[] Request(string? model, JsonValue system, IEnumerable<ReadOnlyMemory<byte>> messages) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            if (model is not null)
            {
                writer.WriteString("model", model);
            }

            writer.WriteAsIs("system", system);
            writer.WriteArray("messages", messages);
            writer.WriteEndObject();
        });

    /// <summary>Returns why a message ended; null if it does not say.</summary>
    public static string? EndOf(JsonValue message) => message["stop_reason"].Text;

    /// <summary>Returns the names of the tools that a message calls.</summary>
    public static IEnumerable<string> ToolsCalled(JsonValue message)
    {
        foreach (var block in message[Content].Elements)
        {
            if (IsCall(block) && block["name"].Text is { } name)
            {
                yield return name;
            }
        }
    }

    /// <summary>Returns the calls of a message.</summary>
    public static IEnumerable<JsonValue> CallsIn(JsonValue message) => message[Content].Elements.Where(IsCall);

    /// <summary>Returns the number of results of tools in a message, and of its other blocks.</summary>
    public static (int Results, int Others) Count(JsonValue message)
    {
        var content = message[Content];
        if (content.Kind != JsonValueKind.Array)
        {
            return (0, 1);
        }

        var (results, others) = (0, 0);
        foreach (var block in content.Elements)
        {
            _ = TypeOf(block) == "tool_result" ? results++ : others++;
        }

        return (results, others);
    }

    /// <summary>Returns the ids of the calls that a message answers.</summary>
    public static IEnumerable<string> AnsweredBy(JsonValue message) =>
        message[Content].Elements.Select(block => block["tool_use_id"].Text).OfType<string>();

    private static bool IsCall(JsonValue block) => TypeOf(block) is "tool_use" or "server_tool_use" or "mcp_tool_use";

    private static string? TypeOf(JsonValue block) => block[Type].Text;

    private static void WriteBlocks(Utf8JsonWriter writer, IReadOnlyList<JsonValue> messages)
    {
        writer.WriteStartArray(Content);
        foreach (var content in messages.Select(message => message[Content]))
        {
            if (content.Kind == JsonValueKind.String)
            {
                writer.WriteStartObject();
                writer.WriteString(Type, "text");
                writer.WriteAsIs("text", content);
                writer.WriteEndObject();
            }

            foreach (var block in content.Elements)
            {
                writer.WriteAsIs(block.Utf8);
            }
        }

        writer.WriteEndArray();
    }
}
