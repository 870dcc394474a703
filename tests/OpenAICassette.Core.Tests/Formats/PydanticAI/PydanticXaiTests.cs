using System.Text;
using OpenAICassette.Apis;

namespace OpenAICassette.Tests;

/// <summary>The gRPC calls of xAI's client, as Pydantic AI's tests record them.</summary>
public sealed class PydanticXaiTests : IDisposable
{
    internal const string Calls = """
        version: 1
        interactions:
        - collections_method:
            method: create
            response_proto_type: CollectionMetadata
            request_json: {name: notes}
            response_json: {collection_id: c1}
            response_raw: !!binary CgE=
        - request_sample:
            json:
              model: grok-4
              messages:
              - {content: [{text: Be kind.}], role: ROLE_SYSTEM}
              - {content: [{text: 'What is 2+2?'}], role: ROLE_USER}
            raw: !!binary CgE=
          response_sample:
            json:
              id: r1
              model: grok-4
              outputs:
              - message: {role: ROLE_ASSISTANT, tool_calls: [{id: t1, function: {name: code_execution, arguments: '{"code":"2+2"}'}}]}
              - {index: 1, message: {role: ROLE_TOOL, content: '{"stdout":"4"}', tool_calls: [{id: t1, function: {name: code_execution, arguments: '{"code":"2+2"}'}}]}}
              - {index: 2, finish_reason: REASON_STOP, message: {role: ROLE_ASSISTANT, content: '4', reasoning_content: Sum.}}
              usage: {completion_tokens: 3, prompt_tokens: 21, total_tokens: 30, reasoning_tokens: 6, cached_prompt_text_tokens: 12}
            raw: !!binary CgE=
        - request_stream:
            json: {model: grok-4, messages: [{content: [{text: Hi}], role: ROLE_USER}]}
            raw: !!binary CgE=
          response_stream:
            chunks_json:
            - chunk: {id: r2, model: grok-4.3, outputs: [{delta: {role: ROLE_ASSISTANT, content: He}}]}
            - chunk: {id: r2, outputs: [{delta: {role: ROLE_ASSISTANT, content: y}, finish_reason: REASON_MAX_LEN}], usage: {}}
            chunks_raw: [!!binary CgE=, !!binary CgE=]
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_call_is_an_interaction_of_the_service()
    {
        var calls = Open().Interactions;
        Assert.Equal(
            [
                ("/xai/collections/create", null, false, 0),
                ("/xai/chat/sample", "grok-4", false, 0),
                ("/xai/chat/stream", "grok-4", true, 2),
            ],
            calls.Select(call => (call.Endpoint!, call.Model, call.IsStreaming, call.ChunkCount))
        );
        Assert.All(calls, call =>
            Assert.Equal(
                ("pydantic-xai", "GRPC", "other-llm"),
                (call.Cassette.Format, call.Method, ApiOperation.Of(call).Api)
            )
        );
        Assert.Equal("c1", calls[0].Response.Body.Json["collection_id"].Text);
    }

    [Fact]
    public void The_outputs_of_a_response_are_the_steps_of_one_answer()
    {
        var said = ConversationAssembler.Assemble(Open().Interactions[1]);
        Assert.Equal(
            ["system: Be kind.", "user: What is 2+2?"],
            said.Messages.Select(each => $"{each.Role}: {each.Text}")
        );
        var choice = Assert.Single(said.Choices);
        Assert.Equal(("assistant", "4", "Sum."), (choice.Message.Role, choice.Message.Text, choice.Message.Reasoning));
        Assert.Equal("REASON_STOP", choice.FinishReason);
        Assert.Equal("code_execution", Assert.Single(choice.Message.ToolCalls).Name);
        Assert.Equal(
            (21, 3, 30, 12),
            (said.Usage!.PromptTokens, said.Usage.CompletionTokens, said.Usage.TotalTokens, said.Usage.CachedTokens)
        );
    }

    [Fact]
    public void A_stream_is_read_chunk_by_chunk()
    {
        var said = ConversationAssembler.Assemble(Open().Interactions[2]);
        Assert.Equal("Hey", Assert.Single(said.Choices).Message.Text);
        Assert.Equal("length", FinishReason.Normalize(said.Choices[0].FinishReason!));
        Assert.Null(said.Usage);
    }

    private Cassette Open() => CassetteStore.Open(_folder.Add("a.xai.yaml", Encoding.UTF8.GetBytes(Calls)));
}
