using OpenAICassette.Apis;

namespace OpenAICassette.Formats.AgentLogs.OpenCode;

/// <summary>Reads the messages of an exported session.</summary>
/// <param name="builder">Takes what is said.</param>
internal sealed class OpenCodeReader(SessionBuilder builder)
{
    private LoggedCall _place = new();
    private LogNode? _last;

    /// <summary>Reads a session.</summary>
    public void Read(JsonValue session)
    {
        var info = session["info"];
        _place = new LoggedCall
        {
            SessionId = info["id"].Text,
            ParentSessionId = info["parentID"].Text,
            IsSubagent = info["parentID"].Text is not null,
            WorkingFolder = info["directory"].Text,
            AgentVersion = info["version"].Text,
        };
        foreach (var message in session["messages"].Elements)
        {
            if (message["info"]["role"].Text is "user" or "assistant")
            {
                ReadMessage(message);
            }
        }
    }

    private void ReadMessage(JsonValue message)
    {
        var span = LogSpan.Of(message);
        var said = message["parts"].Utf8.Span;
        if (!OpenCodeDialect.IsAnswer(message))
        {
            var node = builder.AddInput(_last, span, said, 0, isPrompt: true, TimeOf(message, "created"));
            node.Replace(span, said, CountOf(node, message));
            _last = node;
            return;
        }

        var info = message["info"];
        var turn = builder.AddTurn(
            _last,
            span,
            said,
            TimeOf(message, "completed") ?? TimeOf(message, "created"),
            (index, node, mark) =>
                new LogTurn(
                    index,
                    node,
                    _place with
                    {
                        EntryId = info["id"].Text,
                        ParentEntryId = info["parentID"].Text,
                        WorkingFolder = info["path"]["cwd"].Text ?? _place.WorkingFolder,
                        Mark = mark,
                    }
                )
                {
                    Model = info["modelID"].Text,
                    SentAt = TimeOf(message, "created"),
                    FinishReason = info["finish"].Text,
                    Usage = UsageOf(info["tokens"]),
                    Failure = info["error"].HasValue
                        ? info["error"]["data"]["message"].Text ?? info["error"]["name"].Text ?? "error"
                        : null,
                },
            messages: 0
        );
        turn.Node.Replace(span, said, CountOf(turn.Node, message));
        turn.ToolsCalled.AddRange(OpenCodeDialect.ToolsIn(message).Select(part => part["tool"].Text).OfType<string>());
        _last = turn.Node;
        if (info["summary"].Truth == true)
        {
            // Later requests begin with the summary.
            builder.Mark(LogMark.Compacted);
            var summary = builder.AddInput(null, span, said, 0, isPrompt: true, TimeOf(message, "completed"));
            summary.Replace(span, said, CountOf(summary, message));
            _last = summary;
        }
    }

    private int CountOf(LogNode node, JsonValue message) =>
        builder
            .Log.Dialect.Items(node, [message])
            .Sum(item => RequestReader.ReadItem(JsonValue.ParseOrUndefined(item)).Count());

    private static DateTimeOffset? TimeOf(JsonValue message, string name) =>
        message["info"]["time"][name].WholeNumber is { } time and > 0 and < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(time)
            : null;

    /// <summary>Returns the tokens; those that a cache was read for or written with are not in the input.</summary>
    private static Usage? UsageOf(JsonValue tokens)
    {
        if (!tokens.HasValue)
        {
            return null;
        }

        var (read, written) = (tokens["cache"]["read"].WholeNumber, tokens["cache"]["write"].WholeNumber);
        var prompt = tokens["input"].WholeNumber + (read ?? 0) + (written ?? 0);
        var completion = tokens["output"].WholeNumber;
        return new Usage
        {
            PromptTokens = prompt,
            CompletionTokens = completion,
            TotalTokens = prompt + completion,
            CachedTokens = read,
            ReasoningTokens = tokens["reasoning"].WholeNumber,
        };
    }
}
