using OpenAICassette.Apis.Gemini;

namespace OpenAICassette.Formats.AgentLogs.GeminiCli;

/// <summary>
/// Says the messages of Gemini CLI as generateContent does. An answer holds the results of its calls too.
/// </summary>
internal sealed class GeminiDialect : ILogDialect
{
    /// <inheritdoc/>
    public string Path => "/v1beta/generate_content";

    /// <summary>Returns whether an entry is an answer of the model.</summary>
    public static bool IsAnswer(JsonValue entry) => entry["type"].Text == "gemini";

    /// <inheritdoc/>
    public IEnumerable<ReadOnlyMemory<byte>> Items(LogNode node, IReadOnlyList<JsonValue> entries)
    {
        var entry = entries[^1];
        return IsAnswer(entry)
            ? [LoggedContent.Answered(entry["content"], entry["toolCalls"], default), .. ResultsIn(entries)]
            : [LoggedContent.Said(entry["content"])];
    }

    /// <inheritdoc/>
    public IEnumerable<ReadOnlyMemory<byte>> ResultsIn(IReadOnlyList<JsonValue> entries) =>
        LoggedContent.Results(entries[^1]["toolCalls"]) is { } results ? [results] : [];

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Request(
        LogTurn turn,
        JsonValue head,
        JsonValue context,
        IEnumerable<ReadOnlyMemory<byte>> items
    ) => LoggedContent.Request(items);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Answer(LogTurn turn, IReadOnlyList<JsonValue> entries, JsonValue usage)
    {
        var entry = entries[^1];
        var content = LoggedContent.Answered(entry["content"], entry["toolCalls"], entry["thoughts"]);
        return LoggedContent.Response(turn.Model, content, entry["tokens"]);
    }
}
