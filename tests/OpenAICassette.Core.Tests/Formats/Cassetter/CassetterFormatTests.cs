using System.Text;

namespace OpenAICassette.Tests;

/// <summary>The cassettes of cassetter: TOML, WebSocket sessions and gRPC calls, each in a small file.</summary>
public sealed class CassetterFormatTests : IDisposable
{
    internal const string Toml = """
        # recorded by hand
        version = 1

        [[interactions]]
        recorded_at = "2026-02-01T00:00:00Z"

        [interactions.request]
        method = "POST"
        uri = "https://api.openai.com/v1/chat/completions"
        body_type = "json"
        body_content = '{"model":"m-1","temperature":1.50,"messages":[{"role":"user","content":"Hi"}]}'

        [interactions.request.headers]
        content-type = ["application/json"]
        x-multi = ["one", "two"]

        [interactions.response]
        status = 200
        body_type = "binary"
        body_content = "7b2263686f69636573223a5b7b22696e646578223a302c226d657373616765223a7b22636f6e74656e74223a22486579227d7d5d7d"

        [interactions.response.headers]

        [[interactions]]

        [interactions.request]
        method = "GET"
        uri = "https://api.example.com/"
        body_type = "none"

        [interactions.request.headers]

        [interactions.response]
        status = 200
        body_type = "text"
        body_content = "caf\u00e9"

        [interactions.response.headers]
        """;

    internal const string Protocols = """
        version: 1
        interactions: []
        grpc_interactions:
        - request:
            method: /demo.Greeter/SayHello
            metadata: {x-trace: [abc]}
            body: {type: binary, content: 0a0568656c6c6f}
          response:
            status_code: 5
            status_message: NOT_FOUND
            metadata: {}
            body: {type: none}
          recorded_at: '2026-01-04T00:00:00Z'
        ws_interactions:
        - uri: wss://ws.example.com/stream
          headers: {origin: [https://example.com]}
          frames:
          - {direction: send, frame_type: text, body: {type: text, content: '{"subscribe":"ticker"}'}, offset_ms: 0}
          - {direction: recv, frame_type: text, body: {type: json, content: {price: 42.50}}, offset_ms: 120}
          - {direction: recv, frame_type: binary, body: {type: binary, content: '00010203'}, offset_ms: 250}
          - {direction: recv, frame_type: close, body: {type: binary, content: 03f064656e696564}, offset_ms: 300}
          recorded_at: '2026-01-05T00:00:00Z'
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Toml_is_read_with_its_types_of_bodies()
    {
        var cassette = Open(Toml);
        Assert.Equal("cassetter", cassette.Format);
        Assert.Equal(2, cassette.Interactions.Count);
        var first = cassette.Interactions[0];
        Assert.Equal(("POST", "m-1", 200), (first.Method, first.Model, first.Response.Status));
        Assert.Equal("1.50", first.Request.Body.Json["temperature"].ToString());
        Assert.Equal(["one", "two"], first.Request.Headers.Values("X-Multi"));
        Assert.Equal("Hey", ConversationAssembler.Assemble(first).Choices[0].Message.Text);
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), first.StartedAt);
        Assert.Equal("café", cassette.Interactions[1].Response.Body.Text);
        Assert.True(cassette.Interactions[1].Request.Body.IsEmpty);
    }

    [Fact]
    public void Toml_that_is_broken_names_the_place()
    {
        var path = _folder.Add("a.toml", "version = 1\n[[interactions]]\nrecorded_at = = 1\n"u8);
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
        Assert.Equal(CassetteError.CassetteInvalidToml, error.Error);
        Assert.Contains("not TOML at line 3, column 15", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Toml_that_is_nested_too_deep_is_an_error()
    {
        var deep = $"version = 1\n[[interactions]]\nx = {new string('[', 100_000)}{new string(']', 100_000)}\n";
        var error = Assert.Throws<CassetteException>(() => Open(deep));
        Assert.Equal(CassetteError.CassetteInvalidToml, error.Error);
        Assert.EndsWith("depth of 64 has been exceeded", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[tool]\nversion = 1\n")]
    [InlineData("name = \"x\"\n[[interactions]]\n")]
    [InlineData("version = 1\n[[package]]\nname = \"x\"\n")]
    public void Other_toml_in_a_folder_is_passed_over(string text)
    {
        _folder.Add("a.toml", Encoding.UTF8.GetBytes(text));
        Assert.NotNull(
            Assert.Single(CassetteStore.Load(CassetteStore.Find(_folder.FullName, recurse: true))).SkippedBecause
        );
    }

    [Fact]
    public void A_session_has_the_messages_of_both_sides_with_their_times()
    {
        var session = Open(Protocols).Interactions[0];
        Assert.Equal(
            ("WEBSOCKET", "wss://ws.example.com/stream", true, 4),
            (session.Method, session.Url, session.IsStreaming, session.ChunkCount)
        );
        var frames = session.Response.Frames;
        Assert.Equal(
            [
                (FrameKind.TextMessage, FrameDirection.Sent),
                (FrameKind.TextMessage, FrameDirection.Received),
                (FrameKind.BinaryMessage, FrameDirection.Received),
                (FrameKind.Close, FrameDirection.Received),
            ],
            frames.Select(frame => (frame.Kind, frame.Direction))
        );
        Assert.Equal([0, 120, 250, 300], frames.Select(frame => frame.At!.Value.TotalMilliseconds));
        Assert.Equal("42.50", frames[1].Json["price"].ToString());
        Assert.Equal([0, 1, 2, 3], frames[2].Data.ToArray());
        Assert.Equal("denied", Encoding.UTF8.GetString(frames[3].Data.Span[2..]));
    }

    [Fact]
    public void A_grpc_call_has_its_bytes_and_its_status_is_a_failure_and_none_of_http()
    {
        var call = Open(Protocols).Interactions[1];
        Assert.Equal(("GRPC", "/demo.Greeter/SayHello", false), (call.Method, call.Url, call.IsStreaming));
        Assert.Equal("\n\u0005hello", call.Request.Body.Text);
        Assert.Null(call.Response.Status);
        Assert.Equal("gRPC status 5 NOT_FOUND", call.Response.Error!.Message);
    }

    [Fact]
    public void A_conversion_says_that_the_messages_of_sessions_are_lost()
    {
        var converted = CassetteConverter.Convert(Open(Protocols), "vcrpy");
        Assert.Contains(converted.Report.Losses, loss => loss.Feature == FormatFeatures.WebSockets);
    }

    private Cassette Open(string text) => CassetteStore.Open(_folder.Add("a.txt", Encoding.UTF8.GetBytes(text)));
}
