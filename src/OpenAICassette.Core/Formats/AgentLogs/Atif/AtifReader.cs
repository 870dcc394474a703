using OpenAICassette.Apis;

namespace OpenAICassette.Formats.AgentLogs.Atif;

/// <summary>Reads the steps of a trajectory, then those of the sub-agents in it.</summary>
/// <param name="builder">Takes what is said.</param>
internal sealed class AtifReader(SessionBuilder builder)
{
    private const int Deepest = 16;

    /// <summary>Reads a trajectory.</summary>
    /// <param name="trajectory">The trajectory.</param>
    /// <param name="parent">The session that it is a part of; null for the main one.</param>
    /// <param name="depth">How deep it is in others.</param>
    public void Read(JsonValue trajectory, string? parent = null, int depth = 0)
    {
        var agent =
            depth == 0 ? null : trajectory["trajectory_id"].Text ?? trajectory["session_id"].Text ?? string.Empty;
        var about = trajectory["agent"];
        var place = new LoggedCall
        {
            SessionId = trajectory["session_id"].Text ?? parent,
            ParentSessionId = parent,
            AgentId = string.IsNullOrEmpty(agent) ? null : agent,
            IsSubagent = depth > 0,
            AgentVersion = about["version"].Text,
        };
        string[] tools =
        [
            .. about["tool_definitions"]
                .Elements.Select(tool => tool["function"]["name"].Text ?? tool["name"].Text)
                .OfType<string>(),
        ];
        LogNode? last = null;
        foreach (var step in trajectory["steps"].Elements)
        {
            last = ReadStep(step, last, about, place, tools, agent);
        }

        foreach (var child in depth < Deepest ? trajectory["subagent_trajectories"].Elements : default)
        {
            Read(child, place.SessionId, depth + 1);
        }
    }

    private LogNode ReadStep(
        JsonValue step,
        LogNode? last,
        JsonValue about,
        LoggedCall place,
        string[] tools,
        string? agent
    )
    {
        var at = LogTime.Read(step["timestamp"]);
        var span = LogSpan.Of(step);
        if (step["extra"]["context_management"]["type"].Text == "compaction")
        {
            builder.Mark(LogMark.Compacted);
            last = step["extra"]["context_management"]["boundary"].Text == "replace" ? null : last;
        }

        var isCall =
            AtifDialect.IsAgent(step)
            && step["is_copied_context"].Truth != true
            && step["llm_call_count"].WholeNumber != 0;
        var node = isCall
            ? builder
                .AddTurn(
                    last,
                    span,
                    step.Utf8.Span,
                    at,
                    (index, answer, mark) =>
                        new LogTurn(index, answer, place with { EntryId = step["step_id"].ToString(), Mark = mark })
                        {
                            Model = step["model_name"].Text ?? about["model_name"].Text,
                            Context = LogSpan.Of(about),
                            SentAt = answer.Parent?.At,
                            Usage = UsageOf(step["metrics"]),
                            ToolsOffered = tools,
                        },
                    agent,
                    messages: 0
                )
                .Node
            : builder.AddInput(last, span, step.Utf8.Span, 0, isPrompt: step["source"].Text == "user", at, agent);
        node.Replace(span, step.Utf8.Span, CountOf(node, step));
        node.Turn?.ToolsCalled.AddRange(
            step["tool_calls"].Elements.Select(call => call["function_name"].Text).OfType<string>()
        );
        node.Agents = AgentsOf(step);
        return node;
    }

    private int CountOf(LogNode node, JsonValue step) =>
        builder
            .Log.Dialect.Items(node, [step])
            .Sum(item => RequestReader.ReadItem(JsonValue.ParseOrUndefined(item)).Count());

    private static Dictionary<string, string>? AgentsOf(JsonValue step)
    {
        Dictionary<string, string>? agents = null;
        foreach (var result in AtifDialect.ResultsOf(step))
        {
            var reference = result["subagent_trajectory_ref"][0];
            var id = reference["trajectory_id"].Text ?? reference["session_id"].Text;
            if (id is not null && result["source_call_id"].Text is { } call)
            {
                (agents ??= [])[call] = id;
            }
        }

        return agents;
    }

    private static Usage? UsageOf(JsonValue metrics) =>
        Usage.Read(metrics, null) is { } usage
            ? usage with
            {
                CachedTokens = metrics["cached_tokens"].WholeNumber,
                ReasoningTokens = metrics["extra"]["reasoning_tokens"].WholeNumber,
            }
            : null;
}
