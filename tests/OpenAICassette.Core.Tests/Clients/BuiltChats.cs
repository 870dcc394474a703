using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>
/// Recordings of what is rare: several choices, refusals, probabilities of tokens, parallel tool calls; whole and
/// streamed.
/// </summary>
internal sealed class BuiltChats : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>Writes the recordings.</summary>
    public BuiltChats()
    {
        Add(
            "choices",
            Choice(0, Say("Yes."), "stop"),
            Choice(1, Say("No \u2013 \ud83d\ude00\n"), "length"),
            Choice(2, Say(string.Empty), "content_filter")
        );
        Add(
            "refusal",
            Choice(
                0,
                new
                {
                    role = "assistant",
                    content = (string?)null,
                    refusal = "I can't help with that.",
                },
                "stop",
                new { content = (object?)null, refusal = Tokens("I", " can't") }
            )
        );
        Add(
            "tokens",
            Choice(0, Say("Hi\u00e9"), "stop", new { content = Tokens("Hi", "\u00e9"), refusal = (object?)null })
        );
        Add(
            "tools",
            Choice(
                0,
                new
                {
                    role = "assistant",
                    content = (string?)null,
                    tool_calls = new[]
                    {
                        Tool(0, "call_a", "get_weather", """{"city":"Oslo"}"""),
                        Tool(1, "call_b", "get_time", "{}"),
                    },
                },
                "tool_calls"
            )
        );
        Stream(
            "choices",
            Delta(1, Say("N")),
            Delta(0, Say("Ye")),
            Delta(1, Say("o")),
            Delta(0, Say("s.")),
            Delta(1, new { }, "length"),
            Delta(0, new { }, "stop")
        );
        Stream(
            "refusal",
            Delta(
                0,
                new
                {
                    role = "assistant",
                    content = string.Empty,
                    refusal = (string?)null,
                }
            ),
            Delta(0, new { refusal = "I can't" }),
            Delta(0, new { refusal = " help." }),
            Delta(0, new { }, "stop")
        );
        Stream(
            "tokens",
            Delta(0, Say("Hi"), null, new { content = Tokens("Hi") }),
            Delta(0, Say("\u00e9"), null, new { content = Tokens("\u00e9") }),
            Delta(0, new { }, "stop")
        );
        Stream(
            "tools",
            Delta(0, Part(0, "call_a", "get_weather", "")),
            Delta(0, Part(1, "call_b", "get_time", "{}")),
            Delta(0, Part(0, null, null, """{"city":""")),
            Delta(0, Part(0, null, null, "\"Oslo\"}")),
            Delta(0, new { }, "tool_calls")
        );
    }

    /// <summary>The folder that is served.</summary>
    public string FullName => _folder.FullName;

    /// <summary>The recordings.</summary>
    public IReadOnlyList<RecordedCall> Calls =>
        [.. _folder.Files.Select(file => RecordedCall.Read(_folder[file], FullName))];

    public void Dispose() => _folder.Dispose();

    private static object Say(string text) => new { role = "assistant", content = text };

    private static object Choice(int index, object message, string finish, object? logprobs = null) =>
        new
        {
            index,
            message,
            finish_reason = finish,
            logprobs,
        };

    private static object Delta(int index, object delta, string? finish = null, object? logprobs = null) =>
        new
        {
            index,
            delta,
            finish_reason = finish,
            logprobs,
        };

    private static object Tool(int index, string id, string name, string arguments) =>
        new
        {
            index,
            id,
            type = "function",
            function = new { name, arguments },
        };

    private static object Part(int index, string? id, string? name, string arguments) =>
        id is null
            ? new { tool_calls = new[] { new { index, function = new { arguments } } } }
            : new
            {
                role = "assistant",
                content = (string?)null,
                tool_calls = new[] { Tool(index, id, name!, arguments) },
            };

    private static object[] Tokens(params string[] tokens) =>
        [
            .. tokens.Select(
                (token, index) =>
                    new
                    {
                        token,
                        logprob = -0.25 * (index + 1),
                        bytes = System.Text.Encoding.UTF8.GetBytes(token).Select(one => (int)one),
                        top_logprobs = new[]
                        {
                            new
                            {
                                token,
                                logprob = -0.25 * (index + 1),
                                bytes = (int[]?)null,
                            },
                            new
                            {
                                token = "\ud83e\udd14",
                                logprob = -9.5,
                                bytes = (int[]?)null,
                            },
                        },
                    }
            ),
        ];

    private void Add(string name, params object[] choices) =>
        Write(
            name,
            isStreaming: false,
            Typed("chat_completion.ChatCompletion", "chat.completion", choices, isLast: true)
        );

    private void Stream(string name, params object[] choices) =>
        Write(
            $"{name}-stream",
            isStreaming: true,
            choices
                .Select(choice =>
                    Typed("chat_completion_chunk.ChatCompletionChunk", "chat.completion.chunk", [choice], isLast: false)
                )
                .Append(Typed("chat_completion_chunk.ChatCompletionChunk", "chat.completion.chunk", [], isLast: true))
                .ToArray()
        );

    private static object Typed(string type, string kind, object[] choices, bool isLast) =>
        new
        {
            __type__ = $"openai.types.chat.{type}",
            __data__ = new
            {
                id = "chatcmpl-built",
                choices,
                created = 1,
                model = "m",
                @object = kind,
                usage = isLast
                    ? new
                    {
                        completion_tokens = 7,
                        prompt_tokens = 5,
                        total_tokens = 12,
                    }
                    : null,
            },
        };

    private void Write(string name, bool isStreaming, object body) =>
        _folder.Add(
            $"{name}.json",
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    request = new
                    {
                        method = "POST",
                        url = "https://api.example.com/v1/v1/chat/completions",
                        headers = new { },
                        body = new
                        {
                            model = "m",
                            messages = new[] { new { role = "user", content = name } },
                            n = 3,
                            stream = isStreaming,
                        },
                        endpoint = "/v1/chat/completions",
                        model = "m",
                    },
                    response = new { body, is_streaming = isStreaming },
                }
            )
        );
}
