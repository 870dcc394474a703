using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAI.Chat;

namespace OpenAICassette.Tests;

/// <summary>
/// A streamed tool loop whose cassettes were scrubbed after it was recorded: the client has the secrets still, sends
/// them, and gets its answers. Every secret is made up as the test runs.
/// </summary>
public sealed class ScrubbedToolLoopTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_has_the_secrets_still_is_answered(bool overHttp)
    {
        var (key, password) = (PlantedKey.Of("openai-api-key"), ExampleText.Password(new Random(5)));
        var arguments = JsonSerializer.Serialize(new { command = $"deploy --key {key}", dry_run = true });
        var question = $"Deploy it. DB_PASSWORD={password}";
        Record(
            "ask.json",
            Request(question),
            arguments
                .Chunk(6)
                .Select((piece, index) => (object)new { tool_calls = new[] { Call(index, new string(piece)) } })
        );
        Record(
            "tell.json",
            Request(question, arguments, $"deployed with {key}"),
            $"It is deployed; the key was {key}.".Chunk(5).Select(piece => (object)new { content = new string(piece) })
        );
        Scrub(key, password);

        using var api = ReplayedApi.Open(_folder.FullName, overHttp);
        var client = new ChatClient("m", ReplayedApi.Credential, api.Options());
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("run") } };
        var updates = await client.CompleteChatStreamingAsync([new UserChatMessage(question)], options).ToListAsync();
        var tools = updates.SelectMany(update => update.ToolCallUpdates).ToList();
        var called = JsonNode.Parse(string.Concat(tools.Select(tool => tool.FunctionArgumentsUpdate?.ToString())))!;
        Assert.Equal("call_1", tools[0].ToolCallId);
        Assert.Equal("deploy --key REDACTED_OPENAI_API_KEY_1", called["command"]!.GetValue<string>());
        Assert.True(called["dry_run"]!.GetValue<bool>());

        // The tool runs with what the client knows, and the loop goes on as it was recorded.
        List<ChatMessage> messages =
        [
            new UserChatMessage(question),
            new AssistantChatMessage([
                ChatToolCall.CreateFunctionToolCall("call_1", "run", BinaryData.FromString(arguments)),
            ]),
            new ToolChatMessage("call_1", $"deployed with {key}"),
        ];
        var told = await client.CompleteChatStreamingAsync(messages, options).ToListAsync();
        Assert.Equal(
            "It is deployed; the key was REDACTED_OPENAI_API_KEY_1.",
            string.Concat(told.SelectMany(update => update.ContentUpdate).Select(part => part.Text))
        );
    }

    private void Scrub(string key, string password)
    {
        var redactor = new Redactor();
        foreach (var load in CassetteStore.Load(CassetteStore.Find(_folder.FullName, recurse: true)).ToList())
        {
            CassetteStore.Replace(load.Cassette!, redactor.Redact(load.Cassette!).Cassette);
        }

        Assert.All(_folder.Files, file =>
        {
            var text = File.ReadAllText(_folder[file]);
            Assert.Contains("REDACTED_", text, StringComparison.Ordinal);
            Assert.DoesNotContain(key, text, StringComparison.Ordinal);
            Assert.DoesNotContain(password, text, StringComparison.Ordinal);
        });
    }

    private static object Call(int index, string piece) =>
        index == 0
            ? new
            {
                index = 0,
                id = "call_1",
                type = "function",
                function = new { name = "run", arguments = piece },
            }
            : new { index = 0, function = new { arguments = piece } };

    private static object Request(string question, string? arguments = null, string? result = null) =>
        new
        {
            model = "m",
            messages = new object?[]
            {
                new { role = "user", content = question },
                arguments is null
                    ? null
                    : new
                    {
                        role = "assistant",
                        tool_calls = new[]
                        {
                            new
                            {
                                id = "call_1",
                                type = "function",
                                function = new { name = "run", arguments },
                            },
                        },
                    },
                result is null
                    ? null
                    : new
                    {
                        role = "tool",
                        tool_call_id = "call_1",
                        content = result,
                    },
            }.Where(message => message is not null),
            stream = true,
            stream_options = new { include_usage = true },
            tools = new[] { new { type = "function", function = new { name = "run" } } },
        };

    private void Record(string name, object request, IEnumerable<object> deltas) =>
        _folder.Add(
            name,
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    request = new
                    {
                        method = "POST",
                        url = "https://api.example.com/v1/v1/chat/completions",
                        headers = new { },
                        body = request,
                        endpoint = "/v1/chat/completions",
                        model = "m",
                    },
                    response = new
                    {
                        body = deltas
                            .Append(new { })
                            .Select(
                                (delta, index) =>
                                    new
                                    {
                                        __type__ = "openai.types.chat.chat_completion_chunk.ChatCompletionChunk",
                                        __data__ = new
                                        {
                                            id = "chatcmpl-1",
                                            @object = "chat.completion.chunk",
                                            created = 1,
                                            model = "m",
                                            choices = new[] { new { index = 0, delta } },
                                        },
                                    }
                            ),
                        is_streaming = true,
                    },
                }
            )
        );
}
