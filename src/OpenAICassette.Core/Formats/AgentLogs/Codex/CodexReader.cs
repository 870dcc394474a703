using OpenAICassette.Apis.OpenAI;
using OpenAICassette.Cassettes;

namespace OpenAICassette.Formats.AgentLogs.Codex;

/// <summary>Reads the lines of a session, which follow each other.</summary>
/// <param name="builder">Takes what is said.</param>
internal sealed class CodexReader(SessionBuilder builder)
{
    private readonly List<LogNode> _prompts = [];
    private LoggedCall _place = new();
    private LogSpan _context;
    private string? _model;
    private LogNode? _last;
    private LogTurn? _open;
    private string[] _tools = [];
    private UInt128 _counted;

    /// <summary>Gets whether a line was one of Codex.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Returns whether a type is that of a line in an envelope.</summary>
    public static bool IsEnvelope(string? type) =>
        type is "session_meta" or "turn_context" or "response_item" or "event_msg" or "compacted";

    /// <summary>Reads a line.</summary>
    public void Read(LogLine line)
    {
        var payload = line.Value["payload"];
        var type = line.Value["type"].Text;
        var time = line.Value["timestamp"];
        switch (type)
        {
            case "session_meta":
                ReadMeta(payload);
                break;
            case "turn_context":
                _context = LogSpan.Of(payload);
                _model = payload["model"].Text ?? _model;
                _place = _place with { WorkingFolder = payload["cwd"].Text ?? _place.WorkingFolder };
                break;
            case "response_item":
                ReadItem(line.Number, payload, LogTime.Read(time));
                break;
            case "event_msg":
                ReadEvent(payload);
                break;
            case "compacted":
                ReadCompaction(payload, LogTime.Read(time));
                break;
            case null when line.Value["id"].Text is not null:
                ReadMeta(line.Value);
                break;
            case not null when !payload.Exists:
                ReadItem(line.Number, line.Value, LogTime.Read(time));
                break;
        }

        IsKnown |= IsEnvelope(type) || builder.Log.Head.Length > 0;
    }

    private void ReadMeta(JsonValue meta)
    {
        if (builder.Log.Head.Length > 0)
        {
            return;
        }

        builder.Log.Head = LogSpan.Of(meta);
        builder.Log.SystemMessages = CodexDialect.InstructionsOf(meta).Exists ? 1 : 0;
        _tools = [.. meta["dynamic_tools"].Elements.Select(tool => tool["name"].Text).OfType<string>()];
        _place = new LoggedCall
        {
            SessionId = meta["id"].Text,
            ParentSessionId = meta["forked_from_id"].Text ?? meta["parent_thread_id"].Text,
            IsSubagent = meta["source"]["subagent"].Exists,
            WorkingFolder = meta["cwd"].Text,
            Branch = meta["git"]["branch"].Text,
            AgentVersion = meta["cli_version"].Text,
        };
    }

    private void ReadItem(int line, JsonValue item, DateTimeOffset? at)
    {
        if (item["type"].Text is null)
        {
            return;
        }

        if (!LoggedResponse.IsAnswer(item))
        {
            var isPrompt = LoggedResponse.IsPrompt(item);
            _open = null;
            _last = builder.AddInput(_last, LogSpan.Of(item), item.Utf8.Span, LoggedResponse.Count(item), isPrompt, at);
            if (isPrompt && !IsContext(LoggedResponse.TextOf(item)))
            {
                _prompts.Add(_last);
            }

            return;
        }

        var count = LoggedResponse.Count(item);
        if (_open is null)
        {
            _open = builder.AddTurn(
                _last,
                LogSpan.Of(item),
                item.Utf8.Span,
                at,
                (index, node, mark) =>
                    new LogTurn(index, node, _place with { Line = line, Mark = mark })
                    {
                        Model = _model,
                        Context = _context,
                        SentAt = node.Parent?.At,
                        FinishReason = "completed",
                        ToolsOffered = _tools,
                    },
                messages: count
            );
            _last = _open.Node;
        }
        else
        {
            _open.Node.Add(LogSpan.Of(item), item.Utf8.Span, count);
            _open.EndedAt = at ?? _open.EndedAt;
        }

        if (LoggedResponse.ToolOf(item) is { } tool)
        {
            _open.ToolsCalled.Add(tool);
        }
    }

    private void ReadEvent(JsonValue data)
    {
        switch (data["type"].Text)
        {
            case "token_count" when data["info"]["last_token_usage"].HasValue:
                Count(data["info"]);
                break;
            case "task_started" or "turn_started":
                _open = null;
                break;
            case "thread_rolled_back":
                GoBack(data["num_turns"].WholeNumber ?? 1);
                break;
        }
    }

    /// <summary>Notes the tokens of the last call. The same sum is logged again when only the limits changed.</summary>
    private void Count(JsonValue info)
    {
        var sum = ContentHash.Of(info["total_token_usage"].Utf8.Span);
        if (sum == _counted || builder.Log.Turns is not [.., { UsageAt.Length: 0 } turn])
        {
            return;
        }

        var counts = info["last_token_usage"];
        (_counted, _open) = (sum, null);
        turn.UsageAt = LogSpan.Of(counts);
        turn.Usage = Usage.Read(JsonValue.ParseOrUndefined(LoggedResponse.UsageOf(counts)), null);
    }

    private void GoBack(long turns)
    {
        var at = (int)Math.Max(0, _prompts.Count - Math.Clamp(turns, 0, int.MaxValue));
        if (at < _prompts.Count)
        {
            _last = _prompts[at].Parent;
            _prompts.RemoveRange(at, _prompts.Count - at);
            builder.Mark(LogMark.Rewound);
        }

        _open = null;
    }

    private void ReadCompaction(JsonValue payload, DateTimeOffset? at)
    {
        var left = CodexDialect.LeftBy(payload);
        var count = left.Elements.Any() ? left.Elements.Sum(LoggedResponse.Count) : 1;
        builder.Mark(LogMark.Compacted);
        _last = builder.AddInput(null, LogSpan.Of(payload), left.Utf8.Span, count, isPrompt: true, at);
        _open = null;
        _prompts.Clear();
    }

    /// <summary>Returns whether a message of the user was made by the agent: the environment, instructions.</summary>
    private static bool IsContext(string text) =>
        text.StartsWith('<') || text.StartsWith("# AGENTS.md", StringComparison.Ordinal);
}
