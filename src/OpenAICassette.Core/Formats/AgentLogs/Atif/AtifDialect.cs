using OpenAICassette.Apis.OpenAI;

namespace OpenAICassette.Formats.AgentLogs.Atif;

/// <summary>
/// Says the steps of a trajectory as chat completions do. A step of the agent holds what its tools observed.
/// </summary>
internal sealed class AtifDialect : ILogDialect
{
    /// <inheritdoc/>
    public string Path => LoggedChat.Path;

    /// <inheritdoc/>
    public IEnumerable<ReadOnlyMemory<byte>> Items(LogNode node, IReadOnlyList<JsonValue> entries)
    {
        var step = entries[^1];
        return IsAgent(step)
            ? [Answered(step), .. ResultsIn(entries)]
            : [LoggedChat.Said(RoleOf(step), step["message"].Utf8), .. ObservedBy(step)];
    }

    /// <inheritdoc/>
    public IEnumerable<ReadOnlyMemory<byte>> ResultsIn(IReadOnlyList<JsonValue> entries) => ObservedBy(entries[^1]);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Request(
        LogTurn turn,
        JsonValue head,
        JsonValue context,
        IEnumerable<ReadOnlyMemory<byte>> items
    ) => LoggedChat.Request(turn.Model, context["tool_definitions"], items);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Answer(LogTurn turn, IReadOnlyList<JsonValue> entries, JsonValue usage) =>
        LoggedChat.Response(turn.Model, Answered(entries[^1]), null, turn.Usage);

    /// <summary>Returns whether a step is one of the agent.</summary>
    public static bool IsAgent(JsonValue step) => step["source"].Text == "agent";

    /// <summary>Returns the results of a step.</summary>
    public static JsonElements ResultsOf(JsonValue step) => step["observation"]["results"].Elements;

    private static byte[] Answered(JsonValue step) =>
        LoggedChat.Answered(
            step["message"].Utf8,
            step["reasoning_content"].Text,
            [
                .. step["tool_calls"]
                    .Elements.Select(call => new LoggedToolCall(
                        call["tool_call_id"].Text,
                        call["function_name"].Text ?? string.Empty,
                        call["arguments"].Text ?? call["arguments"].ToCompactJson()
                    )),
            ]
        );

    private static IEnumerable<ReadOnlyMemory<byte>> ObservedBy(JsonValue step)
    {
        foreach (var result in ResultsOf(step))
        {
            // What an agent without tools observes, such as a terminal, is told to the model as a message.
            yield return result["source_call_id"].Text is { } call
                ? LoggedChat.Result(call, result["content"].Utf8)
                : LoggedChat.Said(IsAgent(step) ? "user" : RoleOf(step), result["content"].Utf8);
        }
    }

    private static string RoleOf(JsonValue step) => step["source"].Text == "system" ? "system" : "user";
}
