using System.Text;
using OpenAICassette.Apis;

namespace OpenAICassette.Tests;

/// <summary>Updates of the chat client of Microsoft.Extensions.AI.</summary>
public sealed class ChatUpdatesTests : IDisposable
{
    internal const string Updates = """
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
    public void A_cached_response_is_a_call_of_the_scenario_that_the_file_beside_it_names()
    {
        _folder.Add(
            "cache/entry.json",
            """{"scenarioName":"Weather","iterationName":"1","creation":"2026-03-04T05:00:00Z","expiration":"2026-03-18T05:00:00Z"}"""u8
        );
        var path = _folder.Add(
            "cache/contents.data",
            """
            {"messages":[{"role":"assistant","contents":[{"$type":"functionCall","callId":"c1","name":"weather","arguments":{}},{"$type":"text","text":"Hot."}],"messageId":"m1"}],
            "responseId":"r1","modelId":"m-1","createdAt":"2026-03-04T05:00:00+00:00","finishReason":"stop","usage":{"inputTokenCount":4,"outputTokenCount":2,"totalTokenCount":6}}
            """u8
        );
        var cassette = CassetteStore.Open(path);
        Assert.Equal("meai-cache", cassette.Format);
        var facts = InteractionFacts.Read(Assert.Single(cassette.Interactions));
        Assert.Equal(("m-1", "Weather/1", 6), (facts.AnsweredModel, facts.TestId, facts.Usage!.TotalTokens));
        Assert.Equal(["weather", "stop"], [.. facts.ToolsCalled, .. facts.FinishReasons]);
        Assert.Equal(2026, facts.StartedAt!.Value.Year);
        Assert.Equal("Hot.", ConversationAssembler.Assemble(cassette.Interactions[0]).Choices[0].Message.Text);
    }

    [Fact]
    public void A_cached_stream_has_its_updates()
    {
        var path = _folder.Add(
            "contents.data",
            """[{"role":"assistant","contents":[{"$type":"text","text":"He"}],"responseId":"r1","messageId":"m2","modelId":"m-1"},{"contents":[{"$type":"text","text":"y"}],"responseId":"r1","messageId":"m2","finishReason":"stop"}]"""u8
        );
        var call = Assert.Single(CassetteStore.Open(path).Interactions);
        Assert.Equal(("meai-cache", true, 2), (call.Cassette.Format, call.IsStreaming, call.ChunkCount));
        Assert.Equal("Hey", ConversationAssembler.Assemble(call).Choices[0].Message.Text);
    }

    [Fact]
    public void A_list_of_lists_of_other_things_is_not_a_cassette()
    {
        var path = _folder.Add("a.json", """[[{"contents":[1]}]]"""u8);
        Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
    }
}
