using System.Net;
using System.Text;

namespace OpenAICassette.Tests;

/// <summary>WebSocket cassettes of Pydantic AI: sessions of OpenAI's Realtime API and of Gemini's Live API.</summary>
public sealed class PydanticSessionTests : IDisposable
{
    internal const string Realtime = """
        version: 1
        interactions:
        - kind: message
          direction: received
          data: {type: session.created, event_id: e1, session: {model: gpt-realtime, instructions: Be kind.}}
        - kind: message
          direction: sent
          data: {type: session.update, session: {instructions: Use the tool.}}
        - kind: message
          direction: sent
          data: {type: conversation.item.create, item: {type: message, role: user, content: [{type: input_text, text: Weather?}]}}
        - kind: message
          direction: received
          data: {type: response.created, response: {id: r1, status: in_progress}}
        - kind: message
          direction: received
          data: {type: response.output_item.added, response_id: r1, output_index: 0, item: {type: function_call, name: get_weather, call_id: c1}}
        - kind: message
          direction: received
          data: {type: response.function_call_arguments.delta, response_id: r1, output_index: 0, delta: '{"city":'}
        - kind: message
          direction: received
          data: {type: response.function_call_arguments.delta, response_id: r1, output_index: 0, delta: '"Bonn"}'}
        - kind: message
          direction: received
          data: {type: response.done, response: {id: r1, status: completed, usage: {input_tokens: 5, output_tokens: 2, total_tokens: 7}}}
        - {kind: close, code: 1011, reason: test reconnect, ok: false}
        - kind: message
          direction: sent
          data: {type: conversation.item.create, item: {type: function_call_output, call_id: c1, output: Foggy.}}
        - kind: message
          direction: received
          data: {type: response.output_item.added, response_id: r2, output_index: 0, item: {type: message, role: assistant}}
        - kind: message
          direction: received
          data: {type: response.output_audio_transcript.delta, response_id: r2, output_index: 0, delta: It is }
        - kind: message
          direction: received
          data: {type: response.output_audio_transcript.delta, response_id: r2, output_index: 0, delta: ' foggy.'}
        - kind: message
          direction: received
          data: {type: response.done, response: {id: r2, status: completed, usage: {input_tokens: 9, output_tokens: 3, total_tokens: 12}}}
        """;

    internal const string Live = """
        version: 1
        interactions:
        - kind: message
          direction: sent
          data: {setup: {model: models/gemini-live, systemInstruction: {parts: [{text: Be brief.}], role: user}}}
        - kind: message
          direction: received
          data: {setupComplete: {}}
        - kind: message
          direction: sent
          data: {client_content: {turns: [{parts: [{text: Begin.}], role: user}], turnComplete: true}}
        - kind: message
          direction: received
          data: {toolCall: {functionCalls: [{name: arm, args: {n: 1}, id: f1}]}}
        - kind: message
          direction: sent
          data: {tool_response: {functionResponses: [{id: f1, name: arm, response: {output: armed}}]}}
        - kind: message
          direction: received
          data: {serverContent: {outputTranscription: {text: ONE}}}
        - kind: message
          direction: received
          data: {serverContent: {modelTurn: {parts: [{inlineData: {mimeType: audio/pcm;rate=24000, data: AAAA}}]}}}
        - kind: message
          direction: received
          data: {serverContent: {modelTurn: {parts: [{inlineData: {mimeType: audio/pcm;rate=24000, data: BBBB}}]}}}
        - kind: message
          direction: received
          data: {serverContent: {turnComplete: true}, usageMetadata: {promptTokenCount: 4, responseTokenCount: 2, totalTokenCount: 6}}
        - kind: message
          direction: received
          data: {serverContent: {outputTranscription: {text: TWO}}}
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_one_session_with_the_messages_of_both_sides()
    {
        var session = Open(Realtime);
        Assert.Equal(
            ("pydantic-ws", "WEBSOCKET", "gpt-realtime", true),
            (session.Cassette.Format, session.Method, session.Model, session.IsStreaming)
        );
        Assert.Equal(13, session.ChunkCount);
        Assert.Equal(3, session.Response.Frames.Count(frame => frame.Direction == FrameDirection.Sent));
        Assert.All(session.Response.Frames, frame => Assert.Equal(FrameKind.TextMessage, frame.Kind));
    }

    [Fact]
    public void Each_response_of_a_session_is_an_answer_and_their_tokens_add_up()
    {
        var said = ConversationAssembler.Assemble(Open(Realtime));
        Assert.Equal(
            ["system: Use the tool.", "user: Weather?", "tool: Foggy."],
            said.Messages.Select(each => $"{each.Role}: {each.Text}")
        );
        Assert.Equal(
            ["", "It is foggy."],
            said.Choices.Select(choice => choice.Message.Text.Replace("  ", " ", StringComparison.Ordinal))
        );
        var call = Assert.Single(said.Choices[0].Message.ToolCalls);
        Assert.Equal(("get_weather", """{"city":"Bonn"}"""), (call.Name, call.Arguments));
        Assert.Equal((14, 5, 19), (said.Usage!.PromptTokens, said.Usage.CompletionTokens, said.Usage.TotalTokens));
    }

    [Fact]
    public void A_session_of_gemini_has_a_part_for_each_turn_and_its_sound_once()
    {
        var session = Open(Live);
        Assert.Equal("gemini-live", session.Model);
        var said = ConversationAssembler.Assemble(session);
        Assert.Equal(["system", "user", "tool"], said.Messages.Select(each => each.Role));
        var answer = Assert.Single(said.Choices).Message;
        Assert.Equal(
            ["ONE", "TWO"],
            answer.Parts.Where(part => part.Kind == ContentPartKind.Text).Select(part => part.Value)
        );
        Assert.EndsWith(
            "AAAABBBB",
            Assert.Single(answer.Parts, part => part.Kind == ContentPartKind.Audio).Value,
            StringComparison.Ordinal
        );
        Assert.Equal("""{"n":1}""", Assert.Single(answer.ToolCalls).Arguments);
        Assert.Equal((4, 2, 6), (said.Usage!.PromptTokens, said.Usage.CompletionTokens, said.Usage.TotalTokens));
    }

    [Fact]
    public async Task A_session_is_replayed_with_what_the_service_sent_and_answers_no_request()
    {
        var session = Open(Realtime);
        var played = 0;
        await foreach (var each in ReplayPlayer.PlayAsync(session, ReplayPace.None))
        {
            Assert.Equal(FrameDirection.Received, each.Chunk!.Frame.Direction);
            played++;
        }

        Assert.Equal(10, played);
        using var client = new HttpClient(new CassetteMessageHandler([session.Cassette]));
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("https://api.openai.com/v1/realtime"), content);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private Interaction Open(string text) =>
        Assert.Single(CassetteStore.Open(_folder.Add("a.yaml", Encoding.UTF8.GetBytes(text))).Interactions);
}
