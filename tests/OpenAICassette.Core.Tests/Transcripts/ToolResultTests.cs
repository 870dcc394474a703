using System.Text;
using OpenAICassette.Conversations;

namespace OpenAICassette.Tests;

/// <summary>Which result of a tool is shown with which call.</summary>
public class ToolResultTests
{
    [Fact]
    public void Results_without_ids_answer_the_calls_in_order() =>
        Assert.Equal(
            ["f → one", "g → two"],
            Pairs([Call(("1", "f"), ("2", "g")), Result(null, "one"), Result(null, "two")])
        );

    [Fact]
    public void Results_with_other_ids_answer_the_calls_that_nothing_else_answers_in_order() =>
        Assert.Equal(
            ["f → other", "g → two", "h → last"],
            Pairs([
                Call(("1", "f"), ("2", "g"), ("3", "h")),
                Result("x", "other"),
                Result("2", "two"),
                Result("y", "last"),
            ])
        );

    [Fact]
    public void A_result_that_names_its_tool_answers_no_other() =>
        Assert.Equal(
            ["f → one", "g → two"],
            Pairs([
                Call((null, "f"), (null, "g")),
                Result(null, "two", "g"),
                Result(null, "one", "f"),
                Result(null, "?", "h"),
            ])
        );

    [Fact]
    public void A_result_does_not_answer_a_call_from_before_the_last_question() =>
        Assert.Equal(["f → nothing"], Pairs([Call(("1", "f")), User(), Result("x", "late")]));

    [Fact]
    public void A_repeated_id_means_the_nearest_call_before() =>
        Assert.Equal(
            ["f → one", "f → two"],
            Pairs([Call(("1", "f")), Result("1", "one"), Call(("1", "f")), Result("1", "two")])
        );

    [Fact]
    public void A_merged_conversation_goes_on_from_the_call_whose_ids_it_repeats()
    {
        object[] question = [User()];
        var first = Open("a.json", question, Answer("call_a"));
        var second = Open("b.json", question, Answer("call_b"));
        var last = Open("c.json", [.. question, Call(("call_b", "f")), Result("call_b", "done")], Answer(null));
        var merged = ConversationMerger
            .Merge([first.Conversation(), second.Conversation(), last.Conversation()])
            .Single(chain => chain.Count == 2);
        Assert.Equal("b.json", merged[0].Conversation.Interaction.Cassette.Name);
    }

    private static IEnumerable<string> Pairs(object[] messages)
    {
        var cassette = BuiltCassette.Of(new { body = new { choices = Array.Empty<object>() } }, new { messages });
        var transcript = new Transcript(cassette.Conversation());
        return transcript
            .Turns.SelectMany(turn => turn.ToolCalls)
            .Select(call => $"{call.Name} → {transcript.ToolResults.Of(call)?.Text ?? "nothing"}");
    }

    private static object User() => new { role = "user", content = "Do it." };

    private static object Call(params (string? Id, string Name)[] calls) =>
        new
        {
            role = "assistant",
            tool_calls = calls.Select(call => new
            {
                id = call.Id,
                type = "function",
                function = new { name = call.Name, arguments = "{}" },
            }),
        };

    private static object Result(string? id, string content, string? name = null) =>
        new
        {
            role = "tool",
            tool_call_id = id,
            name,
            content,
        };

    private static object Answer(string? callId) =>
        new
        {
            choices = new[]
            {
                new { message = callId is null ? new { role = "assistant", content = "Done." } : Call((callId, "f")) },
            },
        };

    private static Cassette Open(string name, object[] messages, object answer) =>
        CassetteStore.Open(
            Encoding.UTF8.GetBytes(
                System.Text.Json.JsonSerializer.Serialize(
                    new
                    {
                        request = new
                        {
                            method = "POST",
                            url = "https://api.example.com/v1/chat/completions",
                            headers = new { },
                            body = new { messages },
                        },
                        response = new { body = answer },
                    }
                )
            ),
            CassetteOrigin.OfMemory(name)
        );
}
