using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Cassettes of http-recorder: HTTP exchanges and WebSocket sessions, of the present version and earlier ones.</summary>
public sealed class HttpRecorderTests : IDisposable
{
    private const string Exchange = """
        "request":{"method":"POST","url":"https://api.openai.com/v1/chat/completions","headers":{"content-type":"application/json"},
        "body":"{\"model\":\"m-1\",\"messages\":[]}"},
        "response":{"status":200,"headers":{"content-type":"application/json"},"body":"eyJjaG9pY2VzIjpbXX0=","bodyEncoding":"base64"}
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"transport\":\"http\",")]
    [InlineData("")]
    public void An_exchange_is_read(string transport)
    {
        var interaction = Assert.Single(
            Open($$"""{"version":1,"interactions":[{{{transport}}{{Exchange}}}]}""").Interactions
        );
        Assert.Equal(
            ("http-recorder", "POST", "m-1"),
            (interaction.Cassette.Format, interaction.Method, interaction.Model)
        );
        Assert.Equal("""{"choices":[]}""", interaction.Response.Body.Text);
    }

    [Theory]
    [InlineData(
        """
            "open":{"url":"wss://api.openai.com/v1/realtime","headers":{"a":"b"}},
            "events":[{"direction":"client","kind":"text","body":"{\"type\":\"response.create\"}"},{"direction":"server","kind":"binary","body":"AAEC","bodyEncoding":"base64"}]
            """,
        2
    )]
    [InlineData(
        """
            "connection":{"sequence":0,"url":"wss://api.openai.com/v1/realtime","protocols":[],"close":{"code":1000,"reason":"done"}},
            "events":[{"direction":"client","kind":"text","body":"{\"type\":\"response.create\"}"},{"direction":"server","kind":"binary","body":"AAEC","bodyEncoding":"base64"}]
            """,
        3
    )]
    [InlineData(
        """
            "open":{"url":"wss://api.openai.com/v1/realtime","headers":{}},
            "client":[{"kind":"text","body":"{\"type\":\"response.create\"}"}],"server":[{"kind":"binary","body":"AAEC","bodyEncoding":"base64"}]
            """,
        2
    )]
    public void A_session_is_read(string members, int count)
    {
        var session = Assert.Single(
            Open($$"""{"version":1,"interactions":[{"transport":"websocket",{{members}}}]}""").Interactions
        );
        Assert.Equal(
            ("WEBSOCKET", "wss://api.openai.com/v1/realtime", count),
            (session.Method, session.Url, session.ChunkCount)
        );
        var frames = session.Response.Frames;
        Assert.Equal((FrameKind.TextMessage, FrameDirection.Sent), (frames[0].Kind, frames[0].Direction));
        Assert.Equal((FrameKind.BinaryMessage, FrameDirection.Received), (frames[1].Kind, frames[1].Direction));
        Assert.Equal([0, 1, 2], frames[1].Data.ToArray());
        if (count == 3)
        {
            Assert.Equal(FrameKind.Close, frames[2].Kind);
            Assert.Equal([0x03, 0xe8, .. "done"u8.ToArray()], frames[2].Data.ToArray());
        }
    }

    private Cassette Open(string text) => CassetteStore.Open(_folder.Add("a.json", Encoding.UTF8.GetBytes(text)));
}
