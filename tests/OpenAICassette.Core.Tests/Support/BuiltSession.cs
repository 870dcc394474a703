using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>A recorded WebSocket session: what each side sent, a tenth of a second apart.</summary>
internal static class BuiltSession
{
    /// <summary>A recording of a session.</summary>
    /// <param name="messages">The messages; those of the client begin with an arrow to the right.</param>
    public static Cassette Of(params string[] messages)
    {
        var recording = new
        {
            request = new
            {
                method = "WEBSOCKET",
                url = "wss://api.example.com/v1/realtime?model=gpt-realtime",
                headers = new { },
                body = new { },
            },
            response = new { body = messages.Select(Message), is_streaming = true },
        };
        return BuiltCassette.Open(JsonSerializer.Serialize(recording));
    }

    /// <summary>The transcript of a session.</summary>
    public static Transcript Told(params string[] messages) => new(Of(messages).Conversation());

    /// <summary>Samples in base64.</summary>
    public static string Sound(int bytes) => Convert.ToBase64String(new byte[bytes]);

    private static object Message(string message, int index)
    {
        var isSent = message.StartsWith('→');
        return new
        {
            from = isSent ? "client" : "service",
            at_ms = index * 100,
            text = isSent ? message[1..] : message,
        };
    }
}
