using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace OpenAICassette.Xunit.Tests;

/// <summary>Code under test: it knows its service, and nothing of cassettes.</summary>
internal sealed class Atlas : IDisposable
{
    private readonly HttpClient _client = new();

    public async Task<string> CapitalOfAsync(string country)
    {
        var request = new JsonObject
        {
            ["model"] = "m",
            ["messages"] = new JsonArray(
                new JsonObject { ["role"] = "user", ["content"] = $"What is the capital of {country}?" }
            ),
        };
        using var answer = await _client.PostAsJsonAsync("https://api.openai.com/v1/chat/completions", request);
        var body = await answer.Content.ReadFromJsonAsync<JsonObject>();
        return $"{body!["choices"]?[0]?["message"]?["content"] ?? body["error"]?["type"]}";
    }

    public void Dispose() => _client.Dispose();
}
