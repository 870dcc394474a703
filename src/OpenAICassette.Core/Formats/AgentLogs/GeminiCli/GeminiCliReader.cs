using System.Text.Json;
using OpenAICassette.Apis;
using OpenAICassette.Apis.Gemini;

namespace OpenAICassette.Formats.AgentLogs.GeminiCli;

/// <summary>Reads the lines of a session.</summary>
/// <param name="builder">Takes what is said.</param>
internal sealed class GeminiCliReader(SessionBuilder builder)
{
    private readonly Dictionary<string, LogNode> _nodes = new(StringComparer.Ordinal);
    private LoggedCall _place = new();
    private LogNode? _last;

    /// <summary>Gets whether a line was about a session.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Reads a line, or a whole document.</summary>
    public void Read(LogLine line)
    {
        var value = line.Value;
        if (value["$rewindTo"].Text is { } id)
        {
            _last = _nodes.TryGetValue(id, out var node) ? node.Parent : null;
            builder.Mark(LogMark.Rewound);
        }
        else if (value["$set"].Exists)
        {
            Set(line.Number, value["$set"]);
        }
        else if (value["sessionId"].Text is { } session && value["projectHash"].Exists)
        {
            IsKnown = true;
            _place = _place with
            {
                SessionId = session,
                IsSubagent = value["kind"].Text == "subagent",
                WorkingFolder = value["directories"][0].Text ?? _place.WorkingFolder,
            };
            ReadAll(line.Number, value["messages"]);
        }
        else
        {
            ReadMessage(line.Number, value, isCopy: false);
        }
    }

    private void ReadAll(int line, JsonValue messages)
    {
        foreach (var message in messages.Elements)
        {
            ReadMessage(line, message, isCopy: false);
        }
    }

    /// <summary>
    /// Replaces what was said so far, for example by its summary; messages that are still there stay.
    /// </summary>
    private void Set(int line, JsonValue values)
    {
        _place = _place with { SessionId = values["sessionId"].Text ?? _place.SessionId };
        if (values["messages"].Kind != JsonValueKind.Array)
        {
            return;
        }

        var kept = values["messages"].Elements.Select(message => message["id"].Text ?? string.Empty).ToList();
        var known = SessionLog.PathTo(_last);
        if (kept.Count > 0 && kept.Count <= known.Count && kept.Zip(known).All(pair => IsNode(pair.First, pair.Second)))
        {
            _last = known[kept.Count - 1];
            return;
        }

        _last = null;
        builder.Mark(LogMark.Compacted);
        foreach (var message in values["messages"].Elements)
        {
            ReadMessage(line, message, isCopy: true);
        }
    }

    private bool IsNode(string id, LogNode node) => _nodes.GetValueOrDefault(id) == node;

    private void ReadMessage(int line, JsonValue message, bool isCopy)
    {
        if (message["id"].Text is not { } id || message["type"].Text is not ("user" or "gemini"))
        {
            return;
        }

        var at = LogTime.Read(message["timestamp"]);
        if (!isCopy && _nodes.TryGetValue(id, out var known))
        {
            // A message is logged again with the results of its tools.
            known.Replace(LogSpan.Of(message), message["content"].Utf8.Span, CountOf(known, message));
            Note(known.Turn, message);
            return;
        }

        if (message["type"].Text == "user" || isCopy)
        {
            var isUser = message["type"].Text == "user";
            var node = builder.AddInput(_last, LogSpan.Of(message), message["content"].Utf8.Span, 0, isUser, at);
            node.Replace(LogSpan.Of(message), message["content"].Utf8.Span, CountOf(node, message));
            _nodes[id] = _last = node;
            return;
        }

        var turn = builder.AddTurn(
            _last,
            LogSpan.Of(message),
            message["content"].Utf8.Span,
            at,
            (index, node, mark) =>
                new LogTurn(index, node, _place with { EntryId = id, Line = line == 0 ? null : line, Mark = mark })
                {
                    SentAt = node.Parent?.At,
                },
            messages: 0
        );
        turn.Node.Replace(LogSpan.Of(message), message["content"].Utf8.Span, CountOf(turn.Node, message));
        Note(turn, message);
        _nodes[id] = _last = turn.Node;
    }

    private int CountOf(LogNode node, JsonValue message) =>
        builder
            .Log.Dialect.Items(node, [message])
            .Sum(item => RequestReader.ReadItem(JsonValue.ParseOrUndefined(item)).Count());

    private static void Note(LogTurn? turn, JsonValue message)
    {
        if (turn is null)
        {
            return;
        }

        turn.Model = message["model"].Text ?? turn.Model;
        turn.ToolsCalled.Clear();
        turn.ToolsCalled.AddRange(message["toolCalls"].Elements.Select(call => call["name"].Text).OfType<string>());
        if (message["tokens"].HasValue)
        {
            turn.Usage = Usage.Read(JsonValue.ParseOrUndefined(LoggedContent.UsageOf(message["tokens"])), null);
        }
    }
}
