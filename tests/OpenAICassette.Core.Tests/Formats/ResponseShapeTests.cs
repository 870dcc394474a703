using System.Text.Json;

namespace OpenAICassette.Tests;

public class ResponseShapeTests
{
    [Fact]
    public void A_stream_of_SDK_objects_has_chunks_with_a_type_label()
    {
        var response = CassetteStore.Open(Repository.Capitals).Interactions[0].Response;
        Assert.Equal(28, response.Chunks.Count);
        Assert.All(response.Chunks, chunk =>
            Assert.Equal("openai.types.chat.chat_completion_chunk.ChatCompletionChunk", chunk.Type)
        );
        Assert.All(response.Chunks, chunk => Assert.Null(chunk.EventLines));
        Assert.Equal("THE", response.Chunks[1].Data["choices"][0]["delta"]["content"].Text);
        Assert.Empty(response.Values);
        Assert.Null(response.Status);
        Assert.Null(response.Error);
    }

    [Fact]
    public void A_typed_object_is_one_value_without_its_label()
    {
        var response = Open("head/safety/recordings", "b55fca3e0b79");
        Assert.Empty(response.Chunks);
        Assert.Equal("chat.completion", Assert.Single(response.Values)["object"].Text);
        Assert.Equal("openai.types.chat.chat_completion.ChatCompletion", response.Body.Json["__type__"].Text);
    }

    [Fact]
    public void A_list_of_models_is_several_values_and_no_stream()
    {
        var response = Open(
            "head/common/recordings",
            "models-64a2277c90f0f42576f60c1030e3a020403d34a95f56931b792d5939f4cebc57-8e70"
        );
        Assert.False(response.IsStreaming);
        Assert.Equal(["gpt-oss:20b", "gpt-oss:120b-cloud"], response.Values.Select(model => model["id"].Text));
    }

    [Fact]
    public void An_empty_list_of_models_has_no_values() =>
        Assert.Empty(Open("history/2025-10-06_bba9957ed", "models-").Values);

    [Fact]
    public void Lines_of_server_sent_events_are_chunks_with_their_lines()
    {
        var chunks = Open("head/interactions/recordings", "df62e523dd87").Chunks;
        Assert.Equal(10, chunks.Count);
        Assert.All(chunks, chunk => Assert.Null(chunk.Type));
        Assert.Equal("event: interaction.start", chunks[0].EventLines![0]);
        Assert.Equal("interaction.start", chunks[0].Data["event_type"].Text);
        Assert.Equal(["event: done", "data: [DONE]"], chunks[9].EventLines);
        Assert.False(chunks[9].Data.Exists);
    }

    [Fact]
    public void A_stream_of_plain_objects_is_chunks_without_a_label()
    {
        var chunk = Assert.Single(Open("head/responses/recordings", "29403c77d6e7").Chunks);
        Assert.Null(chunk.Type);
        Assert.Equal("gemini-2.0-flash", chunk.Data["model_version"].Text);
    }

    [Fact]
    public void Raw_HTTP_has_a_status()
    {
        var response = Open("head/messages/recordings", "2a5f7014ddf9");
        Assert.Equal(200, response.Status);
        Assert.Null(response.Error);
    }

    [Fact]
    public void Raw_HTTP_with_a_failing_status_is_an_error()
    {
        var response = Open("head/common/recordings", "cf0be7f9e2eb");
        Assert.Equal(400, response.Status);
        Assert.Equal(400, response.Error!.Status);
        Assert.Equal(response.Body.Json["error"]["message"].Text, response.Error.Message);
        Assert.Equal(JsonValueKind.Object, response.Error.Body.Kind);
    }

    [Fact]
    public void A_recorded_exception_is_an_error_with_all_that_was_recorded()
    {
        var response = Open("head/responses/recordings", "f300a8b24123");
        Assert.Equal(JsonValueKind.Null, response.Body.Json.Kind);
        Assert.Empty(response.Values);
        var error = response.Error!;
        Assert.Equal(
            (400, "BadRequestError", "provider_sdk", "openai"),
            (error.Status, error.Type, error.Category, error.Provider)
        );
        Assert.StartsWith("Error code: 400", error.Message, StringComparison.Ordinal);
        Assert.Equal("invalid_request_error", error.Body["type"].Text);
    }

    [Fact]
    public void An_exception_without_data_is_an_error_with_its_message()
    {
        var cassette = BuiltCassette.Of(
            new
            {
                body = (object?)null,
                is_streaming = false,
                is_exception = true,
                exception_message = "it broke",
            }
        );
        var error = cassette.Interactions[0].Response.Error!;
        Assert.Equal(("it broke", null, null), (error.Message, error.Status, error.Type));
    }

    private static RecordedResponse Open(string folder, string name) =>
        CassetteStore.Open(SharedData.Era(folder, name)).Interactions[0].Response;
}
