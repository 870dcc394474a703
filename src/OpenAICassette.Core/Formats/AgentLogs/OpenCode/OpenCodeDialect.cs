using System.Text.Json;
using OpenAICassette.Apis.OpenAI;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.AgentLogs.OpenCode;

/// <summary>
/// Says the messages of OpenCode as chat completions do, whatever API was asked: its parts are of no provider. An
/// answer
/// holds the results of its calls too.
/// </summary>
internal sealed class OpenCodeDialect : ILogDialect
{
    /// <inheritdoc/>
    public string Path => LoggedChat.Path;

    /// <inheritdoc/>
    public IEnumerable<ReadOnlyMemory<byte>> Items(LogNode node, IReadOnlyList<JsonValue> entries)
    {
        var entry = entries[^1];
        return IsAnswer(entry)
            ? [Answered(entry, withThoughts: false), .. ResultsIn(entries)]
            : [LoggedChat.Said("user", ContentOf(entry))];
    }

    /// <inheritdoc/>
    public IEnumerable<ReadOnlyMemory<byte>> ResultsIn(IReadOnlyList<JsonValue> entries) =>
        ToolsIn(entries[^1])
            .Where(part => part["state"]["output"].Exists || part["state"]["error"].Exists)
            .Select(part =>
                (ReadOnlyMemory<byte>)
                    LoggedChat.Result(
                        part["callID"].Text,
                        (part["state"]["output"].Exists ? part["state"]["output"] : part["state"]["error"]).Utf8
                    )
            );

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Request(
        LogTurn turn,
        JsonValue head,
        JsonValue context,
        IEnumerable<ReadOnlyMemory<byte>> items
    ) => LoggedChat.Request(turn.Model, default, items);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Answer(LogTurn turn, IReadOnlyList<JsonValue> entries, JsonValue usage) =>
        LoggedChat.Response(turn.Model, Answered(entries[^1], withThoughts: true), turn.FinishReason, turn.Usage);

    /// <summary>Returns whether an entry is an answer of the model.</summary>
    public static bool IsAnswer(JsonValue entry) => entry["info"]["role"].Text == "assistant";

    /// <summary>Returns the parts of an entry that call a tool.</summary>
    public static IEnumerable<JsonValue> ToolsIn(JsonValue entry) => PartsOf(entry, "tool");

    /// <summary>Returns the parts of an entry of a type.</summary>
    public static IEnumerable<JsonValue> PartsOf(JsonValue entry, string type) =>
        entry["parts"].Elements.Where(part => part["type"].Text == type);

    private static byte[] Answered(JsonValue entry, bool withThoughts)
    {
        var text = TextOf(entry, "text");
        return LoggedChat.Answered(
            text.Length == 0 ? default : JsonBytes.Write(writer => writer.WriteStringValue(text)),
            withThoughts ? TextOf(entry, "reasoning") : null,
            [
                .. ToolsIn(entry)
                    .Select(part => new LoggedToolCall(
                        part["callID"].Text,
                        part["tool"].Text ?? string.Empty,
                        part["state"]["input"].HasValue ? part["state"]["input"].ToCompactJson() : "{}"
                    )),
            ]
        );
    }

    private static string TextOf(JsonValue entry, string type) =>
        string.Concat(PartsOf(entry, type).Select(part => part["text"].Text));

    private static byte[] ContentOf(JsonValue entry) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var part in entry["parts"].Elements)
            {
                switch (part["type"].Text)
                {
                    case "text" when part["ignored"].Truth != true:
                        writer.WriteStartObject();
                        writer.WriteString("type", "text");
                        writer.WriteAsIs("text", part["text"]);
                        writer.WriteEndObject();
                        break;
                    case "file":
                        WriteFile(writer, part);
                        break;
                }
            }

            writer.WriteEndArray();
        });

    private static void WriteFile(Utf8JsonWriter writer, JsonValue part)
    {
        var isImage = part["mime"].Text?.StartsWith("image/", StringComparison.Ordinal) == true;
        writer.WriteStartObject();
        writer.WriteString("type", isImage ? "image_url" : "file");
        writer.WriteStartObject(isImage ? "image_url" : "file");
        writer.WriteAsIs(isImage ? "url" : "file_data", part["url"]);
        if (!isImage)
        {
            writer.WriteAsIs("filename", part["filename"]);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
