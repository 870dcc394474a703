using System.Globalization;
using System.Text.Json;
using OpenAICassette.Facts;
using OpenAICassette.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Renders a transcript as one JSON object on one line. Every member is always present; what was not recorded is null
/// or empty.
/// </summary>
internal static class JsonTranscript
{
    /// <summary>The depth limit of values, so that the whole is nested at most 64 levels deep.</summary>
    private const int DeepestRecorded = 48;

    /// <summary>Renders a transcript.</summary>
    /// <param name="transcript">The transcript.</param>
    /// <param name="path">Returns the path of an interaction's file as users wrote it; null for its full path.</param>
    public static string Render(Transcript transcript, Func<Interaction, string?>? path = null) =>
        WorkflowCommands.DisarmJson(
            JsonLine.Write(writer =>
            {
                var pathOf = path ?? (interaction => interaction.Cassette.SourcePath);
                WritePlace(writer, transcript.Interaction, pathOf);
                writer.WriteText("name", transcript.Name);
                writer.WriteText("testId", transcript.Interaction.TestId);
                writer.WriteText("endpoint", transcript.Interaction.Endpoint);
                writer.WriteText("model", transcript.Model);
                writer.WriteText("finishReason", transcript.FinishReason);
                writer.WriteNumber("chunks", transcript.Chunks);
                Usage(writer, transcript.Usage);
                Error(writer, transcript.Error);
                Turns(writer, "turns", transcript);
                writer.WriteStartArray("calls");
                foreach (var conversation in transcript.Conversations)
                {
                    Call(writer, conversation, pathOf);
                }

                writer.WriteEndArray();
            })
        );

    /// <summary>Writes which interaction of which file it is.</summary>
    private static void WritePlace(Utf8JsonWriter writer, Interaction interaction, Func<Interaction, string?> pathOf)
    {
        writer.WriteText("path", pathOf(interaction));
        writer.WriteNumber("index", interaction.Index);
    }

    private static void Turns(Utf8JsonWriter writer, string name, Transcript transcript)
    {
        writer.WriteStartArray(name);
        foreach (var turn in transcript.Turns)
        {
            Turn(writer, transcript, turn);
        }

        writer.WriteEndArray();
    }

    private static void Turn(Utf8JsonWriter writer, Transcript transcript, Turn turn)
    {
        writer.WriteStartObject();
        writer.WriteText("role", turn.Role);
        writer.WriteText("name", turn.Message.Name);
        writer.WriteText("source", turn.Source);
        writer.WriteNumberOrNull("choice", turn.Choice);
        writer.WriteText("finishReason", turn.FinishReason);
        writer.WriteText("reasoning", turn.Reasoning);
        writer.WriteText("refusal", turn.Refusal);
        writer.WriteText("toolCallId", turn.Message.ToolCallId);
        writer.WriteStartArray("parts");
        foreach (var part in turn.Parts)
        {
            writer.WriteStartObject();
            writer.WriteString("type", part.Kind.ToString().ToLowerInvariant());
            writer.WriteText("label", part.Label);
            writer.WriteText("value", part.Value);
            writer.WriteText("spoken", part.Spoken);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("toolCalls");
        foreach (var call in turn.ToolCalls)
        {
            writer.WriteStartObject();
            writer.WriteText("id", call.Id);
            writer.WriteText("name", call.Name);
            writer.WriteText("arguments", call.Arguments);
            if (transcript.AgentOf(call) is { } agent)
            {
                Turns(writer, "subagent", agent);
            }
            else
            {
                writer.WriteNull("subagent");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        LogProbs(writer, "logProbs", turn.LogProbs);
        writer.WriteText("at", turn.At?.UtcDateTime.ToString(FactsJson.TimeFormat, CultureInfo.InvariantCulture));
        writer.WriteText("note", turn.Note);
        writer.WriteEndObject();
    }

    private static void LogProbs(Utf8JsonWriter writer, string name, IReadOnlyList<TokenLogProb> tokens)
    {
        writer.WriteStartArray(name);
        foreach (var token in tokens)
        {
            writer.WriteStartObject();
            writer.WriteText("token", token.Token);
            if (token.LogProb is { } logarithm)
            {
                writer.WriteNumber("logProb", logarithm);
            }
            else
            {
                writer.WriteNull("logProb");
            }

            LogProbs(writer, "alternatives", token.Alternatives);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes what belongs to a call, not to a turn.</summary>
    private static void Call(Utf8JsonWriter writer, Conversation conversation, Func<Interaction, string?> pathOf)
    {
        writer.WriteStartObject();
        WritePlace(writer, conversation.Interaction, pathOf);
        writer.WriteText("source", conversation.Interaction.Cassette.Name);
        writer.WriteText("responseId", conversation.ResponseId);
        writer.WriteStartObject("facts");
        var facts = InteractionFacts.Read(conversation);
        FactsJson.Write(writer, facts with { Path = pathOf(conversation.Interaction) ?? facts.Path });
        writer.WriteEndObject();
        writer.WriteStartArray("parameters");
        foreach (var parameter in conversation.Parameters)
        {
            writer.WriteStartObject();
            writer.WriteText("name", parameter.Name);
            Recorded(writer, "value", parameter.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("tools");
        foreach (var tool in conversation.Tools)
        {
            writer.WriteStartObject();
            writer.WriteText("name", tool.Name);
            writer.WriteText("description", tool.Description);
            Recorded(writer, "parameters", tool.Parameters ?? "null");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("details");
        foreach (var detail in conversation.Details)
        {
            writer.WriteStartObject();
            writer.WriteText("name", detail.Name);
            writer.WriteStartArray("values");
            foreach (var value in detail.Values)
            {
                Recorded(writer, value);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Recorded(Utf8JsonWriter writer, string name, string json)
    {
        writer.WritePropertyName(name);
        Recorded(writer, json);
    }

    /// <summary>
    /// Writes JSON as it was recorded: it is valid, but may hold what the writer would refuse, such as half a surrogate
    /// pair. What is nested deeper than parsers read by default is given as a text.
    /// </summary>
    private static void Recorded(Utf8JsonWriter writer, string json)
    {
        if (JsonText.IsDeeperThan(json, DeepestRecorded))
        {
            writer.WriteStringValue(json);
        }
        else
        {
            writer.WriteRawValue(json, skipInputValidation: true);
        }
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
        writer.WriteText("type", error.Type);
        writer.WriteText("message", error.Message);
        writer.WriteText("category", error.Category);
        writer.WriteText("provider", error.Provider);
        Recorded(writer, "body", error.Body.Exists ? error.Body.ToCompactJson() : "null");
        writer.WriteEndObject();
    }
}
