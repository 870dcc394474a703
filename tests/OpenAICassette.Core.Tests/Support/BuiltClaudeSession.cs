using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>Builds a session of Claude Code line by line; each line goes on from the one before unless it says otherwise.</summary>
internal sealed class BuiltClaudeSession
{
    private readonly List<string> _lines = [];
    private string? _last;
    private int _seconds;

    public BuiltClaudeSession Line(string json)
    {
        _lines.Add(json);
        return this;
    }

    public BuiltClaudeSession User(string id, object content, string? parent = "", object? more = null) =>
        Add(id, "user", new { role = "user", content }, parent, more);

    public BuiltClaudeSession Result(string id, string call, string text, string? parent = "", object? more = null) =>
        User(
            id,
            new object[]
            {
                new
                {
                    type = "tool_result",
                    tool_use_id = call,
                    content = text,
                },
            },
            parent,
            more
        );

    public BuiltClaudeSession Assistant(
        string id,
        string message,
        object block,
        string? parent = "",
        string? end = null,
        object? more = null
    ) =>
        Add(
            id,
            "assistant",
            new
            {
                id = message,
                type = "message",
                role = "assistant",
                model = "claude-x-1",
                content = new[] { block },
                stop_reason = end,
                usage = new
                {
                    input_tokens = 3,
                    cache_read_input_tokens = 5,
                    output_tokens = 7,
                },
            },
            parent,
            more
        );

    public static object Said(string text) => new { type = "text", text };

    public static object Call(string id, string name, object input) =>
        new
        {
            type = "tool_use",
            id,
            name,
            input,
        };

    public BuiltClaudeSession Add(string id, string type, object? message, string? parent, object? more)
    {
        var line = new Dictionary<string, object?>
        {
            ["parentUuid"] = parent is { Length: 0 } ? _last : parent,
            ["isSidechain"] = false,
            ["sessionId"] = "11111111-2222-3333-4444-555555555555",
            ["cwd"] = "/srv/app",
            ["gitBranch"] = "main",
            ["version"] = "2.1.0",
            ["type"] = type,
            ["uuid"] = id,
            ["timestamp"] = new DateTime(2026, 3, 4, 5, 0, 0, DateTimeKind.Utc)
                .AddSeconds(_seconds++)
                .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        };
        if (message is not null)
        {
            line["message"] = message;
        }

        foreach (var member in JsonSerializer.SerializeToElement(more ?? new { }).EnumerateObject())
        {
            line[member.Name] = member.Value;
        }

        _last = id;
        return Line(JsonSerializer.Serialize(line));
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString() => string.Concat(_lines.Select(line => line + "\n"));
}
