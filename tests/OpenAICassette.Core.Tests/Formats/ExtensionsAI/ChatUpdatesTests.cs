using System.Text;
using OpenAICassette.Apis;

namespace OpenAICassette.Tests;

/// <summary>Updates of the chat client of Microsoft.Extensions.AI.</summary>
public sealed class ChatUpdatesTests : IDisposable
{
    private const string Updates = """
        [
          [
            {"contents":[],"responseId":"","messageId":"","createdAt":"1970-01-01T00:00:00+00:00","modelId":""},
            {"role":"assistant","contents":[{"$type":"reasoning","text":"Hm."}],"responseId":"r1","messageId":"m1","modelId":"m-1"},
            {"role":"assistant","contents":[{"$type":"functionCall","callId":"c1","name":"get_place","arguments":{}}],"responseId":"r1","messageId":"m1"},
            {"role":"assistant","contents":[{"$type":"functionCall","callId":"c2","name":"get_weather","arguments":{"city":"Bonn"}}],"responseId":"r1","messageId":"m1"},
            {"role":"assistant","contents":[{"$type":"usage","details":{"inputTokenCount":4,"outputTokenCount":2,"totalTokenCount":6}}],"finishReason":"tool_calls","messageId":"m1"}
          ],
          [
            {"role":"assistant","contents":[{"$type":"text","text":"He"}],"messageId":"m2"},
            {"role":"assistant","contents":[{"$type":"text","text":"y"}],"messageId":"m2","finishReason":"stop"}
          ]
        ]
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_list_is_a_call_that_streamed()
    {
        var cassette = CassetteStore.Open(_folder.Add("a.json", Encoding.UTF8.GetBytes(Updates)));
        Assert.Equal("meai-updates", cassette.Format);
        Assert.Equal(
            [("m-1", true, 5), (null, true, 2)],
            cassette.Interactions.Select(call => (call.Model, call.IsStreaming, call.ChunkCount))
        );
        Assert.All(cassette.Interactions, call => Assert.Equal("other-llm", ApiOperation.Of(call).Api));
        var first = ConversationAssembler.Assemble(cassette.Interactions[0]);
        var choice = Assert.Single(first.Choices);
        Assert.Equal(
            [("get_place", "{}"), ("get_weather", """{"city":"Bonn"}""")],
            choice.Message.ToolCalls.Select(call => (call.Name, call.Arguments))
        );
        Assert.Equal(("Hm.", "tool_calls"), (choice.Message.Reasoning, choice.FinishReason));
        Assert.Equal((4, 2, 6), (first.Usage!.PromptTokens, first.Usage.CompletionTokens, first.Usage.TotalTokens));
        Assert.Equal("Hey", ConversationAssembler.Assemble(cassette.Interactions[1]).Choices[0].Message.Text);
    }

    [Fact]
    public void A_list_of_lists_of_other_things_is_not_a_cassette()
    {
        var path = _folder.Add("a.json", """[[{"contents":[1]}]]"""u8);
        Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
    }
}
