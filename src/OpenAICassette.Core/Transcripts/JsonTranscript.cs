using System.Text.Json;
using OpenAICassette.Json;

namespace OpenAICassette.Transcripts;

/// <summary>A transcript as one JSON object on one line. Every member is always there; what was not recorded is null.</summary>
internal static class JsonTranscript
{
    /// <summary>Renders a transcript.</summary>
    public static string Render(Transcript transcript) => JsonLine.Write(writer =>
    {
        writer.WriteString("name", transcript.Name);
        writer.WriteString("testId", transcript.Interaction.TestId);
        writer.WriteString("endpoint", transcript.Interaction.Endpoint);
        writer.WriteString("model", transcript.Model);
        writer.WriteString("finishReason", transcript.FinishReason);
        writer.WriteNumber("chunks", transcript.Chunks);
        Usage(writer, transcript.Usage);
        Error(writer, transcript.Error);
        writer.WriteStartArray("turns");
        foreach (var turn in transcript.Turns)
        {
            Turn(writer, turn);
        }

        writer.WriteEndArray();
    });

    private static void Turn(Utf8JsonWriter writer, Turn turn)
    {
        writer.WriteStartObject();
        writer.WriteString("role", turn.Role);
        writer.WriteString("name", turn.Message.Name);
        writer.WriteNumberOrNull("choice", turn.Choice);
        writer.WriteString("finishReason", turn.FinishReason);
        writer.WriteString("reasoning", turn.Reasoning);
        writer.WriteString("refusal", turn.Refusal);
        writer.WriteString("toolCallId", turn.Message.ToolCallId);
        writer.WriteStartArray("parts");
        foreach (var part in turn.Parts)
        {
            writer.WriteStartObject();
            writer.WriteString("type", part.Kind.ToString().ToLowerInvariant());
            writer.WriteString("label", part.Label);
            writer.WriteString("value", part.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("toolCalls");
        foreach (var call in turn.ToolCalls)
        {
            writer.WriteStartObject();
            writer.WriteString("id", call.Id);
            writer.WriteString("name", call.Name);
            writer.WriteString("arguments", call.Arguments);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Usage(Utf8JsonWriter writer, Usage? usage)
    {
        if (usage is null)
        {
            writer.WriteNull("usage");
            return;
        }

        writer.WriteStartObject("usage");
        writer.WriteNumberOrNull("promptTokens", usage.PromptTokens);
        writer.WriteNumberOrNull("completionTokens", usage.CompletionTokens);
        writer.WriteNumberOrNull("totalTokens", usage.TotalTokens);
        writer.WriteNumberOrNull("cachedTokens", usage.CachedTokens);
        writer.WriteNumberOrNull("reasoningTokens", usage.ReasoningTokens);
        writer.WriteEndObject();
    }

    private static void Error(Utf8JsonWriter writer, RecordedError? error)
    {
        if (error is null)
        {
            writer.WriteNull("error");
            return;
        }

        writer.WriteStartObject("error");
        writer.WriteNumberOrNull("status", error.Status);
        writer.WriteString("type", error.Type);
        writer.WriteString("message", error.Message);
        writer.WriteEndObject();
    }
}
