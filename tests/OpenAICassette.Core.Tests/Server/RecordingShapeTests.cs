using System.Text;
using OpenAICassette.Http;

namespace OpenAICassette.Tests;

public class RecordingShapeTests
{
    private const string Events = "text/event-stream";
    private const string Lines = "application/x-ndjson";

    [Theory]
    [InlineData(
        "/v1/responses",
        """{"model":"m","input":"Hi"}""",
        "application/json",
        """{"id":"resp_1","object":"response","created_at":17,"output":[]}""",
        "openai.types.responses.response.Response"
    )]
    [InlineData(
        "/v1/responses",
        """{"model":"m","input":"Hi","stream":true}""",
        Events,
        "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}\n\n",
        "openai.types.responses.response_text_delta_event.ResponseTextDeltaEvent"
    )]
    [InlineData(
        "/v1/completions",
        """{"model":"m","prompt":"Hi"}""",
        "application/json",
        """{"id":"cmpl-1","object":"text_completion","choices":[]}""",
        "openai.types.completion.Completion"
    )]
    [InlineData(
        "/v1/embeddings",
        """{"model":"m","input":"Hi","encoding_format":"base64"}""",
        "application/json",
        """{"object":"list","data":[{"object":"embedding","index":0,"embedding":"AACAPw=="}],"model":"m"}""",
        "openai.types.create_embedding_response.CreateEmbeddingResponse"
    )]
    [InlineData(
        "/openai/deployments/d/chat/completions?api-version=1",
        """{"messages":[{"role":"user","content":"Hi"}]}""",
        "application/json",
        """{"id":"chatcmpl-7","object":"chat.completion","choices":[]}""",
        "openai.types.chat.chat_completion.ChatCompletion"
    )]
    [InlineData(
        "/api/chat",
        """{"model":"m","messages":[]}""",
        Lines,
        "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"done\":false}\n{\"model\":\"m\",\"done\":true,\"total_duration\":5}\n",
        "ollama._types.ChatResponse"
    )]
    [InlineData(
        "/api/generate",
        """{"model":"m","prompt":"Hi","stream":false}""",
        "application/json",
        """{"model":"m","response":"Hi","done":true}""",
        "ollama._types.GenerateResponse"
    )]
    [InlineData(
        "/v1/messages",
        """{"model":"m","messages":[],"stream":true}""",
        Events,
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\"}}\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
        null
    )]
    [InlineData(
        "/v1/messages",
        """{"model":"m","messages":[]}""",
        "application/json",
        """{"type":"message","id":"msg_1","content":[{"type":"text","text":"Hi"}]}""",
        null
    )]
    [InlineData("/v1/moderations", """{"input":"Hi"}""", "application/json", """{"id":"modr-1","results":[]}""", null)]
    public async Task An_answer_is_recorded_in_the_shape_of_its_api_and_replayed_as_it_was(
        string path,
        string request,
        string type,
        string body,
        string? label
    )
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) =>
                exchange.SendAsync(
                    RenderedResponse.Create(200, [new("Content-Type", type)], Encoding.UTF8.GetBytes(body))
                )
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal((200, body), await session.AskAsync(request, path));
        await using (var later = new RecordingSession(upstream.Uri, folder))
        {
            Assert.Equal((200, body), await later.AskAsync(request, path));
        }

        Assert.Equal(1, upstream.Count);
        Assert.StartsWith($"POST {path} ", Assert.Single(upstream.Asked), StringComparison.Ordinal);

        session.AssertHealthy();
        var interaction = Assert.Single(session.Cassettes).Interactions[0];
        var recorded = interaction.Response.Body.Json;
        Assert.Equal(label, (interaction.IsStreaming ? recorded[0] : recorded)["__type__"].Text);
        Assert.Equal(type != "application/json", interaction.IsStreaming);
        Assert.Contains(label is null ? KeyAlgorithm.Http6 : KeyAlgorithm.H7, interaction.KeyAlgorithms);
    }

    [Fact]
    public async Task A_list_of_models_is_recorded_as_the_recorder_does_and_one_with_more_in_it_whole()
    {
        const string plain =
            """{"object":"list","data":[{"id":"b","object":"model","created":1,"owned_by":"x"},{"id":"a","object":"model","created":2,"owned_by":"x"}]}""";
        const string more = """{"data":[{"id":"c","type":"model"}],"has_more":false}""";
        foreach (var list in new[] { plain, more })
        {
            using var folder = new TempFolder();
            await using var upstream = new UpstreamStub(
                (exchange, _) => exchange.SendAsync(UpstreamStub.JsonAnswer(list))
            );
            await using var session = new RecordingSession(upstream.Uri, folder);
            Assert.Equal((200, list), await session.GetAsync("/v1/models"));
            await using var later = new RecordingSession(upstream.Uri, folder);
            Assert.Equal((200, list), await later.GetAsync("/v1/models"));
            Assert.Equal(1, upstream.Count);
            session.AssertHealthy();
            Assert.StartsWith("models-", Assert.Single(folder.Files), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_model_of_Text_Embeddings_Inference_is_recorded_as_the_recorder_does_without_headers()
    {
        const string info = """{"model_id":"nomic-ai/nomic-embed-text-v1.5","max_input_length":8192}""";
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(UpstreamStub.JsonAnswer(info)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal((200, info), await session.GetAsync("/info"));
        session.AssertHealthy();
        var cassette = Assert.Single(session.Cassettes);
        Assert.StartsWith("models-f7a41c83", cassette.Name, StringComparison.Ordinal);
        Assert.EndsWith("-24993ba4.json", cassette.Name, StringComparison.Ordinal);
        var request = cassette.Interactions[0].Envelope.Request;
        Assert.Equal(["test_id", "url", "method", "endpoint", "headers"], request.Members.Select(member => member.Key));
        Assert.Equal(0, request["headers"].Count);
        Assert.Equal([KeyAlgorithm.H7], cassette.Interactions[0].KeyAlgorithms);
    }

    [Theory]
    [InlineData("/info", "POST", 200)]
    [InlineData("/info", "GET", 404)]
    [InlineData("/v1/info", "GET", 200)]
    public async Task What_names_no_model_is_recorded_as_raw_HTTP(string path, string method, int status)
    {
        const string answer = """{"model_id":"m"}""";
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) => exchange.SendAsync(UpstreamStub.JsonAnswer(answer, status))
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal(
            (status, answer),
            method == "GET" ? await session.GetAsync(path) : await session.AskAsync("{}", path)
        );
        session.AssertHealthy();
        Assert.Equal(
            [KeyAlgorithm.Http4, KeyAlgorithm.Http5, KeyAlgorithm.Http6],
            Assert.Single(session.Cassettes).Interactions[0].KeyAlgorithms
        );
    }
}
