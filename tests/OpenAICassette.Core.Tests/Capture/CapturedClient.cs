using System.Text;

namespace OpenAICassette.Tests;

/// <summary>What a program does that knows nothing of cassettes: it asks a service for a chat completion.</summary>
internal static class CapturedClient
{
    public const string Hello = """{"model":"m","messages":[{"role":"user","content":"Hello"}]}""";
    public static readonly Uri Service = new("https://service.example/v1/chat/completions");

    /// <summary>A request for a chat.</summary>
    public static HttpRequestMessage Request(Uri? service = null, string body = Hello) =>
        new(HttpMethod.Post, service ?? Service)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };

    /// <summary>Asks, and gives the body of the answer.</summary>
    public static async Task<string> AskAsync(HttpClient? client = null, Uri? service = null, string body = Hello)
    {
        using var own = client is null ? new HttpClient() : null;
        using var request = Request(service, body);
        using var answer = await (client ?? own)!.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Writes a recording that answers what is asked.</summary>
    public static string AddChat(this TempFolder folder, string file, string answer, string asked = "Hello") =>
        folder.Add(
            file,
            Encoding.UTF8.GetBytes(
                $$$"""{"request":{"method":"POST","url":"http://localhost/v1/chat/completions","endpoint":"/v1/chat/completions","model":"m","body":{"model":"m","messages":[{"role":"user","content":"{{{asked}}}"}]}},"response":{"body":{"id":"x","object":"chat.completion","model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"{{{answer}}}"}}]},"is_streaming":false}}"""
            )
        );
}
