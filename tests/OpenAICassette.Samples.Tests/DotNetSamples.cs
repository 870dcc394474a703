using System.ClientModel;
using System.Text.Json.Nodes;
using Anthropic;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace OpenAICassette.Samples;

/// <summary>The samples of docs/dotnet.md. Their recordings are in cassettes/DotNetSamples.</summary>
public sealed class DotNetSamples
{
    private const string Key = "not-used-in-a-replay";

    [Fact]
    public async Task Answers_the_OpenAI_SDK()
    {
        using var cassette = CassetteSession.Start(); // named after the test

        var client = new ChatClient("gpt-4o-mini", new ApiKeyCredential(Key));
        ChatCompletion answer = await client.CompleteChatAsync("What is the capital of France?");

        Assert.Equal("Paris", answer.Content[0].Text);
    }

    [Fact]
    public async Task Answers_Microsoft_Extensions_AI()
    {
        using var cassette = CassetteSession.Start();

        IChatClient client = new ChatClient("gpt-4o-mini", new ApiKeyCredential(Key)).AsIChatClient();
        var text = "";
        await foreach (var update in client.GetStreamingResponseAsync("Count to three."))
        {
            text += update.Text;
        }

        Assert.Equal("one two three", text);
    }

    [Fact]
    public async Task Answers_the_Anthropic_SDK()
    {
        using var cassette = CassetteSession.Start();

        var client = new AnthropicClient { ApiKey = Key };
        var message = await client.Messages.Create(
            new MessageCreateParams
            {
                Model = "claude-sonnet-4-5",
                MaxTokens = 100,
                Messages = [new UserMessageParam { Content = "What is the capital of Japan?" }],
            }
        );

        Assert.Contains("Tokyo", message.Content[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_and_then_replays()
    {
        // A stand-in for the real service; leave UpstreamOfHost out to record the service itself.
        using var standIn = CassetteServer.Start([CassetteStore.Open(Recording("Answers_the_OpenAI_SDK"))]);
        var upstream = new Dictionary<string, Uri> { ["api.openai.com"] = standIn.Uri };
        var folder = Directory.CreateTempSubdirectory().FullName;

        var options = new CassetteSessionOptions { Mode = RecordMode.Once, UpstreamOfHost = upstream };
        using (var recording = CassetteSession.Start(folder, options))
        {
            await AskAsync("What is the capital of France?");
            Assert.Equal(1, recording.RecordCount);
        }

        using (var replay = CassetteSession.Start(folder, new() { Mode = RecordMode.None }))
        {
            Assert.Equal("Paris", await AskAsync("What is the capital of France?"));
            Assert.Equal(1, replay.PlayCount);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Fails_a_test_whose_request_was_not_recorded()
    {
        var cassette = CassetteSession.Start(Recording("Answers_the_OpenAI_SDK"), new() { Mode = RecordMode.None });
        try
        {
            await AskAsync("What is the capital of Peru?");
        }
        catch (ClientResultException e)
        {
            Assert.Equal(404, e.Status); // even if the code under test swallows it
        }

        var problem = Assert.Throws<CassetteVerificationException>(cassette.Dispose);
        Assert.Contains("got 'What is the capital of Peru?'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asserts_on_what_was_sent()
    {
        using var cassette = CassetteSession.Start(
            Recording("Answers_the_OpenAI_SDK"),
            new() { Mode = RecordMode.None }
        );

        await AskAsync("What is the capital of France?");

        var request = Assert.Single(cassette.Requests);
        Assert.Equal("gpt-4o-mini", (string?)JsonNode.Parse(request.Body.Bytes.Span)!["model"]);
        Assert.Empty(cassette.Misses);
        Assert.Empty(cassette.Unused);
    }

    [Fact]
    public async Task Injects_faults()
    {
        var faults = new FaultPlan([Fault.Parse("429")]); // the first request fails, the next is answered
        using var cassette = CassetteSession.Start(
            Recording("Answers_the_OpenAI_SDK"),
            new()
            {
                Mode = RecordMode.None,
                Replay = new ReplayOptions { Faults = faults },
            }
        );

        using var http = new HttpClient();
        var first = await http.PostAsync(Address, Question());
        var second = await http.PostAsync(Address, Question());

        Assert.Equal((429, 200), ((int)first.StatusCode, (int)second.StatusCode));
    }

    [Fact]
    public async Task Answers_one_client_without_a_session()
    {
        using var http = new HttpClient(new CassetteMessageHandler(Recording("Answers_the_OpenAI_SDK")));
        var response = await http.PostAsync(Address, Question());
        Assert.Contains("Paris", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Uri Address => new("https://api.openai.com/v1/chat/completions");

    private static StringContent Question() =>
        new(
            """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"What is the capital of France?"}]}""",
            System.Text.Encoding.UTF8,
            "application/json"
        );

    private static async Task<string> AskAsync(string question)
    {
        var client = new ChatClient("gpt-4o-mini", new ApiKeyCredential(Key));
        ChatCompletion answer = await client.CompleteChatAsync(question);
        return answer.Content[0].Text;
    }

    private static string Recording(string test, [System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        Directory.GetFiles(Path.Join(Path.GetDirectoryName(file), "cassettes", "DotNetSamples", test), "*.json")[0];
}
