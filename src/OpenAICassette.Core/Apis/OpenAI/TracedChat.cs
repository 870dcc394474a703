using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Apis.OpenAI;

/// <summary>Writes messages, tools and answers that a trace holds as OpenAI's API would have sent them.</summary>
internal static class TracedChat
{
    private const string Content = "content";
    private const string DataStart = "data:";

    /// <summary>Returns the path of the operation that answers a call of a trace.</summary>
    /// <param name="operation">What the conventions call the operation.</param>
    public static string PathOf(string? operation) =>
        operation switch
        {
            "embeddings" => "/v1/embeddings",
            "text_completion" => "/v1/completions",
            _ => LoggedChat.Path,
        };

    /// <summary>Returns a request.</summary>
    /// <param name="path">The path of the operation.</param>
    /// <param name="model">The model; null if it is not known.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="tools">The tools in any of the forms of OpenAI's API; undefined for none.</param>
    /// <param name="parameters">Other members, each with its JSON.</param>
    public static byte[] Request(
        string path,
        string? model,
        IReadOnlyList<Message> messages,
        JsonValue tools,
        IEnumerable<KeyValuePair<string, string>> parameters
    ) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            if (model is not null)
            {
                writer.WriteText("model", model);
            }

            if (path == LoggedChat.Path)
            {
                writer.WriteStartArray("messages");
                foreach (var message in messages)
                {
                    Write(writer, message);
                }

                writer.WriteEndArray();
            }
            else
            {
                WriteTexts(
                    writer,
                    path.EndsWith("embeddings", StringComparison.Ordinal) ? "input" : "prompt",
                    messages
                );
            }

            WriteTools(writer, tools);
            foreach (var (name, value) in parameters)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value, skipInputValidation: true);
            }

            writer.WriteEndObject();
        });

    /// <summary>Returns a response.</summary>
    /// <param name="path">The path of the operation.</param>
    /// <param name="id">The id of the response; null if it is not known.</param>
    /// <param name="model">The model that answered; null if it is not known.</param>
    /// <param name="choices">The answers, each with why it ended.</param>
    /// <param name="usage">The tokens; null if they are not known.</param>
    public static byte[] Response(
        string path,
        string? id,
        string? model,
        IReadOnlyList<(Message Message, string? Reason)> choices,
        Usage? usage
    ) =>
        JsonBytes.Write(writer =>
        {
            var isList = path.EndsWith("embeddings", StringComparison.Ordinal);
            var isText = path != LoggedChat.Path && !isList;
            writer.WriteStartObject();
            if (id is not null)
            {
                writer.WriteText("id", id);
            }

            writer.WriteString(
                "object",
                isList ? "list"
                    : isText ? "text_completion"
                    : "chat.completion"
            );
            if (model is not null)
            {
                writer.WriteText("model", model);
            }

            writer.WriteStartArray(isList ? "data" : "choices");
            for (var i = 0; i < choices.Count && !isList; i++)
            {
                Write(writer, i, choices[i].Message, choices[i].Reason, isText);
            }

            writer.WriteEndArray();
            LoggedChat.Write(writer, usage);
            writer.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter writer, int index, Message message, string? reason, bool isText)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index", index);
        if (isText)
        {
            writer.WriteText("text", message.Text);
        }
        else
        {
            writer.WritePropertyName("message");
            Write(writer, message);
        }

        if (reason is not null)
        {
            writer.WriteText(FinishReason.Member, reason);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Message message)
    {
        writer.WriteStartObject();
        writer.WriteText("role", message.Role);
        writer.WriteTextIfAny("name", message.Name);
        writer.WriteTextIfAny("tool_call_id", message.ToolCallId);
        WriteContent(writer, message);
        writer.WriteTextIfAny("reasoning_content", message.Reasoning);
        writer.WriteTextIfAny("refusal", message.Refusal);
        if (message.ToolCalls.Count > 0)
        {
            writer.WriteStartArray("tool_calls");
            foreach (var call in message.ToolCalls)
            {
                LoggedChat.Write(writer, new LoggedToolCall(call.Id, call.Name, call.Arguments));
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, Message message)
    {
        if (message.Parts is [{ Kind: ContentPartKind.Text } only])
        {
            writer.WriteText(Content, only.Value);
        }
        else if (message.Parts.Count > 0)
        {
            writer.WriteStartArray(Content);
            foreach (var part in message.Parts)
            {
                Write(writer, part);
            }

            writer.WriteEndArray();
        }
        else if (message.ToolCalls.Count > 0)
        {
            writer.WriteNull(Content);
        }
    }

    private static void Write(Utf8JsonWriter writer, ContentPart part)
    {
        if (part.Kind == ContentPartKind.Json)
        {
            writer.WriteRawValue(part.Value, skipInputValidation: true);
            return;
        }

        writer.WriteStartObject();
        switch (part.Kind)
        {
            case ContentPartKind.Text:
                writer.WriteString("type", "text");
                writer.WriteText("text", part.Value);
                break;
            case ContentPartKind.Image:
                writer.WriteString("type", "image_url");
                writer.WriteStartObject("image_url");
                writer.WriteText("url", part.Value);
                writer.WriteEndObject();
                break;
            case ContentPartKind.Audio:
                WriteAudio(writer, part.Value);
                break;
            default:
                writer.WriteString("type", "file");
                writer.WriteStartObject("file");
                writer.WriteText(
                    part.Value.StartsWith(DataStart, StringComparison.Ordinal) ? "file_data" : "file_id",
                    part.Value
                );
                writer.WriteEndObject();
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteAudio(Utf8JsonWriter writer, string value)
    {
        const string kind = "audio/";
        var comma = value.IndexOf(',', StringComparison.Ordinal);
        var type =
            value.StartsWith(DataStart, StringComparison.Ordinal) && comma > 0 ? value[DataStart.Length..comma] : "";
        var format = type.Split(';')[0];
        writer.WriteString("type", "input_audio");
        writer.WriteStartObject("input_audio");
        writer.WriteText("data", type.Length == 0 ? value : value[(comma + 1)..]);
        writer.WriteTextIfAny(
            "format",
            format.StartsWith(kind, StringComparison.Ordinal) ? format[kind.Length..] : null
        );
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<Message> messages)
    {
        if (messages is [var only])
        {
            writer.WriteText(name, only.Text);
        }
        else if (messages.Count > 0)
        {
            writer.WriteStartArray(name);
            foreach (var message in messages)
            {
                writer.WriteTextValue(message.Text);
            }

            writer.WriteEndArray();
        }
    }

    /// <summary>Writes tools; one that is a function without an envelope gets it.</summary>
    private static void WriteTools(Utf8JsonWriter writer, JsonValue tools)
    {
        if (!tools.Elements.Any())
        {
            return;
        }

        writer.WriteStartArray("tools");
        foreach (var tool in tools.Elements)
        {
            if (tool["function"].Exists || tool["name"].Text is null)
            {
                writer.WriteAsIs(tool.Utf8);
                continue;
            }

            writer.WriteStartObject();
            writer.WriteString("type", "function");
            writer.WriteStartObject("function");
            writer.WriteAsIs("name", tool["name"]);
            writer.WriteAsIs("description", tool["description"]);
            writer.WriteAsIs("parameters", tool["parameters"].Exists ? tool["parameters"] : tool["input_schema"]);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
