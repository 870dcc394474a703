using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>An agent goes on with a session whose secrets were removed.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ProgramFact("claude")]
    public async Task Claude_Code_resumes_a_scrubbed_session()
    {
        var (asked, read) = (PlantedKey.Of("github-token"), PlantedKey.Of("openai-api-key"));
        _folder.Add("work/notes.txt", Encoding.UTF8.GetBytes($"The key is {read}.\n"));
        using var service = new AnthropicStandIn(_folder["work/notes.txt"]);
        await ClaudeAsync(service, $"My token is {asked}. Read notes.txt.");
        var session = Assert.Single(_folder.Files, file => file.EndsWith(".jsonl", StringComparison.Ordinal));
        Assert.All([asked, read], key => Assert.Contains(key, Text(session), StringComparison.Ordinal));

        Assert.Equal(0, CassetteProcess.Run("scrub", "--write", _folder[session]).Code);
        Assert.All([asked, read], key => Assert.DoesNotContain(key, Text(session), StringComparison.Ordinal));
        await ClaudeAsync(service, "What was it?", "--resume", Path.GetFileNameWithoutExtension(session));

        // The agent read the whole session: what was asked, the call of the tool with its result, and the answer.
        var messages = service.Bodies[^1]["messages"]!.AsArray();
        var text = messages.ToJsonString();
        Assert.All([asked, read], key => Assert.DoesNotContain(key, text, StringComparison.Ordinal));
        Assert.All(
            ["My token is REDACTED_GITHUB_TOKEN_1.", "The key is REDACTED_OPENAI_API_KEY_1.", "It is noted."],
            said => Assert.Contains(said, text, StringComparison.Ordinal)
        );
        Assert.Contains("What was it?", messages[^1]!.ToJsonString(), StringComparison.Ordinal);
        var blocks = messages.SelectMany(message => message!["content"] as JsonArray ?? []).ToList();
        Assert.Equal(AnthropicStandIn.CallId, (string?)Of("tool_use")["id"]);
        Assert.Equal(AnthropicStandIn.CallId, (string?)Of("tool_result")["tool_use_id"]);

        JsonNode Of(string type) => Assert.Single(blocks, block => (string?)block!["type"] == type)!;
    }

    private string Text(string file) => File.ReadAllText(_folder[file]);

    private async Task ClaudeAsync(AnthropicStandIn service, string prompt, params string[] arguments)
    {
        var start = new ProcessStartInfo("claude", ["-p", prompt, .. arguments])
        {
            WorkingDirectory = _folder["work"],
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["HOME"] = _folder["home"],
                ["CLAUDE_CONFIG_DIR"] = _folder["home/.claude"],
                ["ANTHROPIC_BASE_URL"] = service.Uri.GetLeftPart(UriPartial.Authority),
                ["ANTHROPIC_API_KEY"] = "none",
                ["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1",
                ["NO_PROXY"] = "127.0.0.1",
            },
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, string.Join('\n', await output));
    }

    /// <summary>Stands in for Anthropic's API: asks for a file once, and then says that it is noted.</summary>
    private sealed class AnthropicStandIn : IDisposable
    {
        public const string CallId = "toolu_read";

        private readonly HttpListener _listener = new();
        private readonly string _file;

        public AnthropicStandIn(string file)
        {
            _file = file;
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            Uri = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
            free.Stop();
            _listener.Prefixes.Add(Uri.ToString());
            _listener.Start();
            _ = AnswerAsync();
        }

        public Uri Uri { get; }

        /// <summary>The bodies of the requests for messages.</summary>
        public List<JsonNode> Bodies { get; } = [];

        public void Dispose() => _listener.Close();

        private async Task AnswerAsync()
        {
            while (_listener.IsListening)
            {
                try
                {
                    var context = await _listener.GetContextAsync();
                    var isMessage = context.Request.Url!.AbsolutePath == "/v1/messages";
                    var body = isMessage ? await JsonNode.ParseAsync(context.Request.InputStream) : null;
                    context.Response.ContentType = isMessage ? "text/event-stream" : "application/json";
                    await context.Response.OutputStream.WriteAsync(
                        Encoding.UTF8.GetBytes(body is null ? "{}" : Events(body))
                    );
                    context.Response.Close();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }

        private string Events(JsonNode body)
        {
            Bodies.Add(body);
            var isAnswered = body["messages"]!.ToJsonString().Contains("tool_result", StringComparison.Ordinal);
            var arguments = JsonSerializer.Serialize(new { file_path = _file });
            object block = isAnswered
                ? new { type = "text", text = "" }
                : new
                {
                    type = "tool_use",
                    id = CallId,
                    name = "Read",
                    input = new { },
                };
            object delta = isAnswered
                ? new { type = "text_delta", text = "It is noted." }
                : new { type = "input_json_delta", partial_json = arguments };
            var message = new
            {
                id = $"msg_{Bodies.Count}",
                type = "message",
                role = "assistant",
                model = (string?)body["model"],
                content = Array.Empty<object>(),
                usage = new { input_tokens = 1, output_tokens = 1 },
            };
            var reason = new { stop_reason = isAnswered ? "end_turn" : "tool_use" };
            (string Name, object Data)[] events =
            [
                ("message_start", new { type = "message_start", message }),
                (
                    "content_block_start",
                    new
                    {
                        type = "content_block_start",
                        index = 0,
                        content_block = block,
                    }
                ),
                (
                    "content_block_delta",
                    new
                    {
                        type = "content_block_delta",
                        index = 0,
                        delta,
                    }
                ),
                ("content_block_stop", new { type = "content_block_stop", index = 0 }),
                (
                    "message_delta",
                    new
                    {
                        type = "message_delta",
                        delta = reason,
                        usage = new { output_tokens = 1 },
                    }
                ),
                ("message_stop", new { type = "message_stop" }),
            ];
            return string.Concat(
                events.Select(each => $"event: {each.Name}\ndata: {JsonSerializer.Serialize(each.Data)}\n\n")
            );
        }
    }
}
