using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Renders a transcript as <c>{"messages":[…]}</c> on one line in OpenAI's format, for fine-tuning and evaluation
/// tools.
/// </summary>
internal static class MessageJsonTranscript
{
    /// <summary>
    /// Renders a transcript. Of several answers to the last request, only the first can be the next message.
    /// </summary>
    public static string Render(Transcript transcript) =>
        WorkflowCommands.DisarmJson(
            JsonLine.Write(writer =>
            {
                writer.WriteStartArray("messages");
                foreach (
                    var turn in transcript
                        .Turns.Where(turn => turn.Role.Length > 0)
                        .Where(turn => turn.Choice is null or 0 || !HasFirst(transcript, turn))
                )
                {
                    Message(writer, turn.Message);
                }

                writer.WriteEndArray();
                var tools = transcript
                    .Conversations[^1]
                    .Tools.Where(tool => tool.Parameters is not null || tool.Description is not null)
                    .ToList();
                if (tools.Count > 0)
                {
                    Tools(writer, tools);
                }
            })
        );

    private static bool HasFirst(Transcript transcript, Turn turn) =>
        transcript.Turns.Any(other => other.Choice == 0 && other.Interaction == turn.Interaction);

    private static void Message(Utf8JsonWriter writer, Message message)
    {
        writer.WriteStartObject();
        writer.WriteText("role", message.Role);
        Content(writer, message);
        writer.WriteTextIfAny("name", message.Role is "tool" ? null : message.Name);
        writer.WriteTextIfAny("refusal", message.Refusal);
        writer.WriteTextIfAny("reasoning_content", message.Reasoning);
        writer.WriteTextIfAny("tool_call_id", message.ToolCallId);
        if (message.ToolCalls.Count > 0)
        {
            writer.WriteStartArray("tool_calls");
            foreach (var (index, call) in message.ToolCalls.Index())
            {
                writer.WriteStartObject();
                writer.WriteText("id", call.Id ?? $"call_{index}");
                writer.WriteString("type", "function");
                writer.WriteStartObject("function");
                writer.WriteText("name", call.Name);
                writer.WriteText("arguments", call.Arguments);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a single text as a string, nothing as null, and other content as a list of parts.</summary>
    private static void Content(Utf8JsonWriter writer, Message message)
    {
        if (message.Parts.All(part => part.Kind == ContentPartKind.Text) && message.Parts.Count < 2)
        {
            writer.WriteText("content", message.Parts.Count == 0 ? null : message.Text);
            return;
        }

        writer.WriteStartArray("content");
        foreach (var part in message.Parts)
        {
            Part(writer, part);
        }

        writer.WriteEndArray();
    }

    private static void Part(Utf8JsonWriter writer, ContentPart part)
    {
        if (part.Kind == ContentPartKind.Json && !JsonText.IsDeeperThan(part.Value, 32))
        {
            writer.WriteRawValue(part.Value, skipInputValidation: true);
            return;
        }

        writer.WriteStartObject();
        switch (part.Kind)
        {
            case ContentPartKind.Image:
                writer.WriteString("type", "image_url");
                writer.WriteStartObject("image_url");
                writer.WriteText("url", part.Value);
                writer.WriteEndObject();
                break;
            case ContentPartKind.Audio:
                var comma = part.Value.IndexOf(',', StringComparison.Ordinal);
                writer.WriteString("type", "input_audio");
                writer.WriteStartObject("input_audio");
                writer.WriteText("data", part.Value[(comma + 1)..]);
                writer.WriteText("format", Format(part.Value));
                writer.WriteEndObject();
                break;
            case ContentPartKind.File:
                writer.WriteString("type", "file");
                writer.WriteStartObject("file");
                writer.WriteText(
                    part.Value.StartsWith("data:", StringComparison.Ordinal) ? "file_data" : "file_id",
                    part.Value
                );
                writer.WriteEndObject();
                break;
            default:
                writer.WriteString("type", "text");
                writer.WriteText("text", part.Value);
                break;
        }

        writer.WriteEndObject();
    }

    /// <summary>Returns the audio format, such as wav in data:audio/wav;base64,…</summary>
    private static string Format(string dataUrl)
    {
        var start = dataUrl.IndexOf('/', StringComparison.Ordinal) + 1;
        var end = dataUrl.IndexOfAny([';', ',']);
        return start > 0 && end > start ? dataUrl[start..end] : "wav";
    }

    private static void Tools(Utf8JsonWriter writer, List<ToolDefinition> tools)
    {
        writer.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            writer.WriteStartObject();
            writer.WriteString("type", "function");
            writer.WriteStartObject("function");
            writer.WriteText("name", tool.Name);
            writer.WriteTextIfAny("description", tool.Description);
            if (tool.Parameters is { } schema && !JsonText.IsDeeperThan(schema, 32))
            {
                writer.WritePropertyName("parameters");
                writer.WriteRawValue(schema, skipInputValidation: true);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
