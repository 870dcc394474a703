using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>Small recordings for what no real file shows.</summary>
internal static class BuiltCassette
{
    /// <summary>A recording of a chat call.</summary>
    /// <param name="response">The members of the response.</param>
    /// <param name="body">The request's body.</param>
    public static Cassette Of(object response, object? body = null)
    {
        var recording = new
        {
            request = new
            {
                method = "POST",
                url = "https://api.example.com/v1/chat/completions",
                headers = new { },
                body = body ?? new { },
            },
            response,
        };
        return Open(JsonSerializer.Serialize(recording));
    }

    /// <summary>A recording of a chat call with a stream, one JSON text for each chunk.</summary>
    public static Cassette OfStream(params string[] chunks) =>
        Of(new { body = new JsonArray([.. chunks.Select(chunk => JsonNode.Parse(chunk))]), is_streaming = true });

    /// <summary>A cassette from JSON text in memory.</summary>
    public static Cassette Open(string json) => Open(Encoding.UTF8.GetBytes(json));

    /// <summary>A cassette from bytes in memory.</summary>
    public static Cassette Open(byte[] bytes) => CassetteStore.Open(bytes, CassetteOrigin.OfMemory("built.json"));

    /// <summary>The conversation of a cassette with one interaction.</summary>
    public static Conversation Conversation(this Cassette cassette) =>
        ConversationAssembler.Assemble(Assert.Single(cassette.Interactions));
}
