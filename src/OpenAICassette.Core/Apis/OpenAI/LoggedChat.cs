using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Apis.OpenAI;

/// <summary>Represents a call of a tool in a log.</summary>
/// <param name="Id">The id; null if it has none.</param>
/// <param name="Name">The name of the tool.</param>
/// <param name="Arguments">The arguments as JSON.</param>
internal readonly record struct LoggedToolCall(string? Id, string Name, string Arguments);

/// <summary>Writes requests and responses of chat completions from what a log has of them.</summary>
internal static class LoggedChat
{
    private const string Content = "content";

    /// <summary>Gets the path of the operation.</summary>
    public static string Path => "/v1/chat/completions";

    /// <summary>Returns a message.</summary>
    /// <param name="role">Who says it.</param>
    /// <param name="content">The JSON of a text or of a list of parts.</param>
    public static byte[] Said(string role, ReadOnlyMemory<byte> content) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("role", role);
            WriteContent(writer, content);
            writer.WriteEndObject();
        });

    /// <summary>Returns an answer.</summary>
    public static byte[] Answered(
        ReadOnlyMemory<byte> content,
        string? reasoning,
        IReadOnlyList<LoggedToolCall> calls
    ) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("role", "assistant");
            WriteContent(writer, content);
            if (!string.IsNullOrEmpty(reasoning))
            {
                writer.WriteString("reasoning_content", reasoning);
            }

            if (calls.Count > 0)
            {
                writer.WriteStartArray("tool_calls");
                foreach (var call in calls)
                {
                    Write(writer, call);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        });

    /// <summary>Returns the result of a call.</summary>
    public static byte[] Result(string? id, ReadOnlyMemory<byte> content) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("role", "tool");
            writer.WriteString("tool_call_id", id);
            WriteContent(writer, content);
            writer.WriteEndObject();
        });

    /// <summary>Returns a request.</summary>
    public static byte[] Request(string? model, JsonValue tools, IEnumerable<ReadOnlyMemory<byte>> messages) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            if (model is not null)
            {
                writer.WriteString("model", model);
            }

            writer.WriteArray("messages", messages);
            writer.WriteAsIs("tools", tools);
            writer.WriteEndObject();
        });

    /// <summary>Returns a response.</summary>
    public static byte[] Response(string? model, ReadOnlyMemory<byte> message, string? reason, Usage? usage) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("object", "chat.completion");
            if (model is not null)
            {
                writer.WriteString("model", model);
            }

            writer.WriteStartArray("choices");
            writer.WriteStartObject();
            writer.WriteNumber("index", 0);
            writer.WritePropertyName("message");
            writer.WriteAsIs(message);
            if (reason is not null)
            {
                writer.WriteString(FinishReason.Member, reason);
            }

            writer.WriteEndObject();
            writer.WriteEndArray();
            Write(writer, usage);
            writer.WriteEndObject();
        });

    private static void WriteContent(Utf8JsonWriter writer, ReadOnlyMemory<byte> content)
    {
        if (!content.IsEmpty)
        {
            writer.WritePropertyName(Content);
            writer.WriteAsIs(content);
        }
    }

    /// <summary>Writes a call of a tool.</summary>
    internal static void Write(Utf8JsonWriter writer, LoggedToolCall call)
    {
        writer.WriteStartObject();
        if (call.Id is not null)
        {
            writer.WriteString("id", call.Id);
        }

        writer.WriteString("type", "function");
        writer.WriteStartObject("function");
        writer.WriteString("name", call.Name);
        writer.WriteString("arguments", call.Arguments);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes the tokens; nothing if they are not known.</summary>
    internal static void Write(Utf8JsonWriter writer, Usage? usage)
    {
        if (usage is null)
        {
            return;
        }

        writer.WriteStartObject("usage");
        WriteCount(writer, "prompt_tokens", usage.PromptTokens);
        WriteCount(writer, "completion_tokens", usage.CompletionTokens);
        WriteCount(writer, "total_tokens", usage.TotalTokens);
        WriteDetail(writer, "prompt_tokens_details", "cached_tokens", usage.CachedTokens);
        WriteDetail(writer, "completion_tokens_details", "reasoning_tokens", usage.ReasoningTokens);
        writer.WriteEndObject();
    }

    private static void WriteDetail(Utf8JsonWriter writer, string name, string member, long? count)
    {
        if (count is not null)
        {
            writer.WriteStartObject(name);
            WriteCount(writer, member, count);
            writer.WriteEndObject();
        }
    }

    private static void WriteCount(Utf8JsonWriter writer, string name, long? count)
    {
        if (count is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }
}
