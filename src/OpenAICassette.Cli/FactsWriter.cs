using System.Globalization;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Cli;

/// <summary>Writes the members that <c>list --json --facts</c> adds to a row. What was not recorded is null.</summary>
internal static class FactsWriter
{
    /// <summary>Writes the members.</summary>
    public static void Write(Utf8JsonWriter writer, Interaction interaction)
    {
        var facts = InteractionFacts.Read(interaction);
        writer.WriteText("api", facts.Api);
        writer.WriteText("host", facts.Host);
        writer.WriteText("answeredModel", facts.AnsweredModel);
        Write(writer, "status", facts.Status);
        writer.WriteText("errorKind", facts.ErrorKind);
        writer.WriteText("errorType", facts.ErrorType);
        writer.WriteText(
            "startedAt",
            facts.StartedAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        );
        Write(writer, "durationMs", facts.Duration);
        Write(writer, "timeToFirstFrameMs", facts.TimeToFirstFrame);
        Write(writer, "inputTokens", facts.Usage?.PromptTokens);
        Write(writer, "outputTokens", facts.Usage?.CompletionTokens);
        Write(writer, "cachedTokens", facts.Usage?.CachedTokens);
        Write(writer, "reasoningTokens", facts.Usage?.ReasoningTokens);
        Write(writer, "finishReasons", facts.FinishReasons);
        Write(writer, "rawFinishReasons", facts.RawFinishReasons);
        Write(writer, "toolsOffered", facts.ToolsOffered);
        Write(writer, "toolsCalled", facts.ToolsCalled);
        writer.WriteNumber("messages", facts.MessageCount);
        writer.WriteText("requestHash", facts.RequestHash);
        writer.WriteText("conversationId", facts.ConversationId);
        writer.WriteNumber("bytes", interaction.Cassette.Length);
    }

    private static void Write(Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, TimeSpan? time)
    {
        if (time is { } value)
        {
            writer.WriteNumber(name, Math.Round(value.TotalMilliseconds, 1));
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteTextValue(text);
        }

        writer.WriteEndArray();
    }
}
