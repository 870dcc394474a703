using OpenAICassette.Apis.Anthropic;

namespace OpenAICassette.Formats.AgentLogs.ClaudeCode;

/// <summary>
/// Says the lines of Claude Code as Anthropic's Messages API does: each has a message of that API in it.
/// </summary>
internal sealed class ClaudeCodeDialect : ILogDialect
{
    /// <summary>The member of a line with what was said.</summary>
    public const string Message = "message";

    /// <inheritdoc/>
    public string Path => "/v1/messages";

    /// <inheritdoc/>
    public IEnumerable<ReadOnlyMemory<byte>> Items(LogNode node, IReadOnlyList<JsonValue> entries)
    {
        if (node.Messages == (node.Parent?.Messages ?? 0))
        {
            return [];
        }

        return node.Turn is null
            ? entries.Select(entry => (ReadOnlyMemory<byte>)LoggedMessage.Plain(entry[Message]))
            : [LoggedMessage.Repeat(MessagesOf(entries))];
    }

    /// <inheritdoc/>
    public IEnumerable<string> AgentFiles(string name, string agent) =>
        [$"{name}/subagents/agent-{agent}.jsonl", $"agent-{agent}.jsonl"];

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Request(
        LogTurn turn,
        JsonValue head,
        JsonValue context,
        IEnumerable<ReadOnlyMemory<byte>> items
    ) => LoggedMessage.Request(turn.Model, default, items);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Answer(LogTurn turn, IReadOnlyList<JsonValue> entries, JsonValue usage) =>
        LoggedMessage.Join(MessagesOf(entries));

    private static JsonValue[] MessagesOf(IReadOnlyList<JsonValue> entries) =>
        [.. entries.Select(entry => entry[Message])];
}
