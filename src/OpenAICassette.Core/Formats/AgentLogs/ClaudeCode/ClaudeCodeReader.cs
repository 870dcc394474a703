using System.Globalization;
using System.Text.Json;
using OpenAICassette.Apis.Anthropic;

namespace OpenAICassette.Formats.AgentLogs.ClaudeCode;

/// <summary>
/// Reads the lines of a session. Lines that only the screen needs take part in the links between lines, but say
/// nothing.
/// </summary>
/// <param name="builder">Takes what is said.</param>
internal sealed class ClaudeCodeReader(SessionBuilder builder)
{
    private readonly Dictionary<string, LogNode?> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LogTurn> _turns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LogNode?> _lastOf = new(StringComparer.Ordinal);
    private LogNode? _last;
    private string? _lastId;
    private LoggedCall _place = new();

    /// <summary>Reads a line.</summary>
    /// <returns>False for a line that is not linked to others.</returns>
    public bool Read(LogLine line)
    {
        var value = line.Value;
        var isMessage = value["session_id"].Text is not null || value["parent_tool_use_id"].Exists;
        if (isMessage && !value["sessionId"].Exists)
        {
            return ReadMessage(line);
        }

        if (value["uuid"].Text is not { } id)
        {
            return value["leafUuid"].Exists;
        }

        var parent = ParentOf(value["parentUuid"]) ?? (Answers(value) ? _last : null);
        var node = value["type"].Text switch
        {
            "user" when IsSaid(value) => ReadUser(value, parent),
            "assistant" when IsSaid(value) => ReadAssistant(line, parent, id),
            "system" when value["subtype"].Text == "compact_boundary" => ReadBoundary(value),
            _ => parent,
        };

        // A line that is copied keeps its first place.
        _nodes.TryAdd(id, node);
        (_last, _lastId) = (node, id);
        return true;
    }

    /// <summary>
    /// Reads a message of the SDK. It goes on from the last one of the same agent; that of a sub-agent names the call
    /// that started it.
    /// </summary>
    private bool ReadMessage(LogLine line)
    {
        var value = line.Value;
        var agent = AgentOf(value) ?? string.Empty;
        var parent = _lastOf.GetValueOrDefault(agent);
        var id = value["uuid"].Text ?? string.Create(CultureInfo.InvariantCulture, $"line {line.Number}");
        switch (value["type"].Text)
        {
            case "user" when IsSaid(value):
                _lastOf[agent] = ReadUser(value, parent);
                break;
            case "assistant" when IsSaid(value):
                _lastOf[agent] = ContinuedBy(value, parent) is { } begun
                    ? Continue(begun, line)
                    : ReadAssistant(line, parent, id);
                break;
            case "system" when value["subtype"].Text == "init":
                Place(value);
                break;
            case "system" when value["subtype"].Text == "compact_boundary":
                _lastOf[agent] = ReadBoundary(value);
                break;
            default:
                return false;
        }

        return true;
    }

    private static bool IsSaid(JsonValue line) =>
        line[ClaudeCodeDialect.Message]["content"].Kind is JsonValueKind.String or JsonValueKind.Array
        && line["isVisibleInTranscriptOnly"].Truth != true;

    /// <summary>
    /// Returns whether a line without a line before must have one, because it answers something; some tools lose the
    /// links.
    /// </summary>
    private static bool Answers(JsonValue line) =>
        line["parentUuid"].Kind == JsonValueKind.Null
        && (line["type"].Text == "assistant" || LoggedMessage.Count(line[ClaudeCodeDialect.Message]).Results > 0);

    /// <summary>
    /// Returns the node of the line before; older logs and tools that write none go on from the last line.
    /// </summary>
    private LogNode? ParentOf(JsonValue parent) =>
        parent.Text is { } id ? (id == _lastId ? _last : _nodes.GetValueOrDefault(id))
        : parent.Exists ? null
        : _last;

    private LogNode ReadUser(JsonValue line, LogNode? parent)
    {
        var message = line[ClaudeCodeDialect.Message];
        var (results, others) = LoggedMessage.Count(message);
        if (line["isCompactSummary"].Truth == true && parent is not { Mark: LogMark.Compacted })
        {
            builder.Mark(LogMark.Compacted);
        }

        var node = builder.AddInput(
            OfAgent(parent, line),
            LogSpan.Of(line),
            message["content"].Utf8.Span,
            results + (others > 0 || results == 0 ? 1 : 0),
            isPrompt: results == 0,
            LogTime.Read(line["timestamp"]),
            AgentOf(line)
        );
        if (line["toolUseResult"]["agentId"].Text is { } agent)
        {
            node.Agents = LoggedMessage.AnsweredBy(message).Distinct().ToDictionary(id => id, _ => agent);
        }
        else if (_lastOf.Count > 1)
        {
            // The SDK calls a sub-agent by the call that started it.
            var started = LoggedMessage.AnsweredBy(message).Distinct().Where(_lastOf.ContainsKey);
            node.Agents = started.ToDictionary(id => id);
        }

        return node;
    }

    private LogNode ReadAssistant(LogLine line, LogNode? parent, string id)
    {
        var message = line.Value[ClaudeCodeDialect.Message];
        var failed = line.Value["isApiErrorMessage"].Truth == true;
        var response = message["id"].Text;
        var agent = AgentOf(line.Value);
        var at = LogTime.Read(line.Value["timestamp"]);
        var key = failed || response is null ? null : $"{agent} {response}";
        if (key is not null && _turns.TryGetValue(key, out var begun))
        {
            return Continue(begun, line);
        }

        var from = OfAgent(parent, line.Value);
        var turn = builder.AddTurn(
            from,
            LogSpan.Of(line.Value),
            message["content"].Utf8.Span,
            at,
            (index, node, mark) =>
                new LogTurn(index, node, PlaceOf(line, id, agent, mark))
                {
                    SentAt = node.Parent?.At,
                    HasResponseId = response is not null,
                    Failure = failed ? TextOf(message["content"]) : null,
                },
            agent
        );
        Note(turn, message);
        if (key is not null)
        {
            _turns.Add(key, turn);
        }

        return turn.Node;
    }

    /// <summary>
    /// Returns the call whose answer a message goes on with, although neither has an id: nothing was said in between.
    /// </summary>
    private static LogTurn? ContinuedBy(JsonValue line, LogNode? parent) =>
        parent?.Turn is { HasResponseId: false, Failure: null } turn
        && line[ClaudeCodeDialect.Message]["id"].Text is null
            ? turn
            : null;

    private static LogNode Continue(LogTurn turn, LogLine line)
    {
        var message = line.Value[ClaudeCodeDialect.Message];
        turn.Node.Add(LogSpan.Of(line.Value), message["content"].Utf8.Span);
        turn.EndedAt = LogTime.Read(line.Value["timestamp"]) ?? turn.EndedAt;
        Note(turn, message);
        return turn.Node;
    }

    private LogNode ReadBoundary(JsonValue line)
    {
        var about = line["compactMetadata"].Exists ? line["compactMetadata"] : line["compact_metadata"];
        var tokensBefore = about["preTokens"].Exists ? about["preTokens"] : about["pre_tokens"];
        var before = tokensBefore.WholeNumber is { } tokens ? $"{tokens} tokens before" : null;
        builder.Mark(LogMark.Compacted, string.Join(", ", new[] { about["trigger"].Text, before }.OfType<string>()));
        return builder.AddInput(null, LogSpan.Of(line), [], 0, isPrompt: false, LogTime.Read(line["timestamp"]));
    }

    private static void Note(LogTurn turn, JsonValue message)
    {
        turn.Model = turn.Failure is null ? message["model"].Text ?? turn.Model : null;
        turn.FinishReason = LoggedMessage.EndOf(message) ?? turn.FinishReason;
        turn.ToolsCalled.AddRange(LoggedMessage.ToolsCalled(message));
        if (message["usage"].HasValue && turn.Failure is null)
        {
            // Each line of a response repeats its usage; the last one is complete.
            turn.Usage = Usage.Read(message["usage"], turn.Usage);
        }
    }

    private LoggedCall PlaceOf(LogLine line, string id, string? agent, LogMark mark)
    {
        var value = line.Value;
        Place(value);
        _place = _place with
        {
            AgentId = string.IsNullOrEmpty(agent) ? null : agent,
            IsSubagent = agent is not null,
            EntryId = id,
            ParentEntryId = value["parentUuid"].Text,
            Line = line.Number,
            Mark = mark,
        };
        return _place;
    }

    /// <summary>Notes what a line says of the session.</summary>
    private void Place(JsonValue line) =>
        _place = _place with
        {
            SessionId = Kept(_place.SessionId, line["sessionId"].Text ?? line["session_id"].Text),
            WorkingFolder = Kept(_place.WorkingFolder, line["cwd"].Text),
            Branch = Kept(_place.Branch, line["gitBranch"].Text),
            AgentVersion = Kept(_place.AgentVersion, line["version"].Text ?? line["claude_code_version"].Text),
        };

    /// <summary>Returns the same text object for texts that are repeated.</summary>
    private static string? Kept(string? before, string? text) => text is null || text == before ? before : text;

    /// <summary>Returns the sub-agent of a line; an empty text if it has no id, null for the main agent.</summary>
    private static string? AgentOf(JsonValue line) =>
        line["isSidechain"].Truth == true ? line["agentId"].Text ?? string.Empty : line["parent_tool_use_id"].Text;

    /// <summary>
    /// Returns the node before a line; what a sub-agent is told begins anew, whatever the line is linked to.
    /// </summary>
    private static LogNode? OfAgent(LogNode? parent, JsonValue line) => AgentOf(line) == parent?.Agent ? parent : null;

    private static string TextOf(JsonValue content) =>
        content.Text ?? string.Concat(content.Elements.Select(block => block["text"].Text));
}
