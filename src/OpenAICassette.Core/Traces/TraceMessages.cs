using System.Text.Json;
using OpenAICassette.Apis;
using OpenAICassette.Text;

namespace OpenAICassette.Traces;

/// <summary>
/// Writes messages as the attributes <c>gen_ai.input.messages</c> and <c>gen_ai.output.messages</c> hold them: each has
/// a role and typed parts, and one of the output also why it ended.
/// </summary>
internal static class TraceMessages
{
    private const string ToolRole = "tool";

    /// <summary>
    /// Returns the messages of a request; of a call in a session, the new ones, because each request repeats those
    /// before.
    /// </summary>
    public static string Input(Conversation conversation) =>
        Array(writer =>
        {
            foreach (var message in conversation.NewMessages)
            {
                Write(writer, message, null);
            }
        });

    /// <summary>Returns the answers.</summary>
    public static string Output(Conversation conversation) =>
        Array(writer =>
        {
            foreach (var choice in conversation.Choices)
            {
                Write(writer, choice.Message, FinishOf(choice));
            }
        });

    /// <summary>Returns the tools that a request offers.</summary>
    public static string Tools(Conversation conversation) =>
        Array(writer =>
        {
            foreach (var tool in conversation.Tools)
            {
                writer.WriteStartObject();
                writer.WriteString("type", "function");
                writer.WriteText("name", tool.Name);
                writer.WriteTextIfAny("description", tool.Description);
                if (tool.Parameters is { } parameters)
                {
                    writer.WritePropertyName("parameters");
                    writer.WriteRawValue(parameters, skipInputValidation: true);
                }

                writer.WriteEndObject();
            }
        });

    private static string Array(Action<Utf8JsonWriter> elements)
    {
        var line = JsonLine.Write(writer =>
        {
            writer.WriteStartArray("a");
            elements(writer);
            writer.WriteEndArray();
        });
        return line["{\"a\":".Length..^1];
    }

    private static void Write(Utf8JsonWriter writer, Message message, string? finish)
    {
        writer.WriteStartObject();
        writer.WriteText("role", message.Role);
        writer.WriteStartArray("parts");
        Text(writer, "reasoning", message.Reasoning);
        if (message.Role == ToolRole)
        {
            writer.WriteStartObject();
            writer.WriteString("type", "tool_call_response");
            writer.WriteText("id", message.ToolCallId);
            writer.WriteText("response", message.Text);
            writer.WriteEndObject();
        }

        foreach (var part in message.Parts.Where(part => message.Role != ToolRole || part.Kind != ContentPartKind.Text))
        {
            Part(writer, part);
        }

        Text(writer, "refusal", message.Refusal);
        foreach (var call in message.ToolCalls)
        {
            writer.WriteStartObject();
            writer.WriteString("type", "tool_call");
            writer.WriteText("id", call.Id);
            writer.WriteText("name", call.Name);
            Arguments(writer, call.Arguments);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteTextIfAny(FinishReason.Member, finish);
        writer.WriteTextIfAny("name", message.Name);
        writer.WriteEndObject();
    }

    private static void Part(Utf8JsonWriter writer, ContentPart part)
    {
        if (part.Kind is ContentPartKind.Text or ContentPartKind.Json)
        {
            Text(writer, part.Kind == ContentPartKind.Text ? "text" : part.Name, part.Value);
            return;
        }

        writer.WriteStartObject();
        var comma = part.Value.IndexOf(',', StringComparison.Ordinal);
        var isData = part.Value.StartsWith("data:", StringComparison.Ordinal) && comma > 0;
        var isAddress = Uri.TryCreate(part.Value, UriKind.Absolute, out _);
        writer.WriteString(
            "type",
            isData ? "blob"
                : isAddress ? "uri"
                : "file"
        );
        writer.WriteString("modality", part.Kind == ContentPartKind.File ? "document" : part.Name);
        if (isData)
        {
            writer.WriteText("mime_type", part.Value["data:".Length..comma].Split(';')[0]);
        }

        writer.WriteText(
            isData ? "content"
                : isAddress ? "uri"
                : "file_id",
            isData ? part.Value[(comma + 1)..] : part.Value
        );
        writer.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter writer, string type, string? content)
    {
        if (content is not null)
        {
            writer.WriteStartObject();
            writer.WriteText("type", type);
            writer.WriteText("content", content);
            writer.WriteEndObject();
        }
    }

    /// <summary>Writes arguments as JSON where the model wrote JSON, else as text.</summary>
    private static void Arguments(Utf8JsonWriter writer, string arguments)
    {
        writer.WritePropertyName("arguments");
        if (JsonValue.ParseOrUndefined(System.Text.Encoding.UTF8.GetBytes(arguments)).Exists)
        {
            writer.WriteRawValue(arguments, skipInputValidation: true);
        }
        else
        {
            writer.WriteTextValue(arguments);
        }
    }

    /// <summary>Returns why an answer ended, in the words of the conventions.</summary>
    private static string FinishOf(Choice choice) =>
        choice.FinishReason is not { } reason ? "stop"
        : FinishReason.Normalize(reason) is var word && word == "tool_calls" ? "tool_call"
        : word == "other" ? reason
        : word;
}
