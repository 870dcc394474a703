using System.Text.Json;
using OpenAICassette.Apis.OpenAI;

namespace OpenAICassette.Formats.AgentLogs.Codex;

/// <summary>Says the items of Codex as OpenAI's Responses API does, whose items they are.</summary>
internal sealed class CodexDialect : ILogDialect
{
    /// <inheritdoc/>
    public string Path => "/v1/responses";

    /// <inheritdoc/>
    public IEnumerable<ReadOnlyMemory<byte>> Items(LogNode node, IReadOnlyList<JsonValue> entries) =>
        entries.SelectMany(ItemsOf);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Request(
        LogTurn turn,
        JsonValue head,
        JsonValue context,
        IEnumerable<ReadOnlyMemory<byte>> items
    ) => LoggedResponse.Request(turn.Model, InstructionsOf(head), context["effort"], head["dynamic_tools"], items);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Answer(LogTurn turn, IReadOnlyList<JsonValue> entries, JsonValue usage) =>
        LoggedResponse.Answer(turn.Model, entries.Select(entry => entry.Utf8), usage);

    /// <summary>Returns what the agent tells the model about itself; undefined if it was not logged.</summary>
    public static JsonValue InstructionsOf(JsonValue head)
    {
        var text = head["base_instructions"]["text"].Exists ? head["base_instructions"]["text"] : head["instructions"];
        return text.Kind == JsonValueKind.String ? text : default;
    }

    /// <summary>
    /// Returns what a compaction left of the conversation: items, or one text; undefined for another entry.
    /// </summary>
    public static JsonValue LeftBy(JsonValue entry) =>
        entry["replacement_history"].Kind == JsonValueKind.Array ? entry["replacement_history"]
        : entry["type"].Exists ? default
        : entry["message"];

    private static IEnumerable<ReadOnlyMemory<byte>> ItemsOf(JsonValue entry)
    {
        var left = LeftBy(entry);
        return left.Kind switch
        {
            JsonValueKind.Array => left.Elements.Select(item => item.Utf8),
            JsonValueKind.String => [LoggedResponse.Said(left)],
            _ => [entry.Utf8],
        };
    }
}
