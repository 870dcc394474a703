using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>Conversations that no public recording shows.</summary>
public class BuiltConversationTests
{
    [Fact]
    public void Several_choices_that_are_interleaved_are_put_together_each_for_itself()
    {
        var choices = BuiltCassette
            .OfStream(
                """{"choices": [{"index": 1, "delta": {"role": "assistant", "content": "B1"}}]}""",
                """{"choices": [{"index": 0, "delta": {"role": "assistant", "content": "A1"}}, {"index": 1, "delta": {"content": "B2"}}]}""",
                """{"choices": [{"index": 1, "delta": {}, "finish_reason": "length"}]}""",
                """{"choices": [{"index": 0, "delta": {"content": "A2"}, "finish_reason": "stop"}]}"""
            )
            .Conversation()
            .Choices;
        Assert.Equal(
            [(0, "A1A2", "stop"), (1, "B1B2", "length")],
            choices.Select(choice => (choice.Index, choice.Message.Text, choice.FinishReason!))
        );
    }

    [Fact]
    public void A_streamed_refusal_is_put_together_and_is_no_text()
    {
        var message = BuiltCassette
            .OfStream(
                """{"choices": [{"index": 0, "delta": {"role": "assistant", "content": null, "refusal": "I can't "}}]}""",
                """{"choices": [{"index": 0, "delta": {"refusal": "help."}, "finish_reason": "stop"}]}"""
            )
            .Conversation()
            .Choices[0]
            .Message;
        Assert.Equal(("I can't help.", string.Empty), (message.Refusal, message.Text));
    }

    [Fact]
    public void Reasoning_that_a_service_sends_under_two_names_is_said_once() =>
        Assert.Equal(
            "hm",
            BuiltCassette
                .OfStream(
                    """{"choices": [{"index": 0, "delta": {"reasoning": "hm", "reasoning_content": "hm", "content": "x"}}]}"""
                )
                .Conversation()
                .Choices[0]
                .Message.Reasoning
        );

    [Fact]
    public void A_stream_of_the_Responses_API_has_its_text_call_and_usage()
    {
        var conversation = BuiltCassette
            .OfStream(
                """{"type": "response.created", "response": {"object": "response", "status": "in_progress", "output": []}}""",
                """{"type": "response.output_item.added", "output_index": 0, "item": {"type": "message", "role": "assistant", "content": []}}""",
                """{"type": "response.output_text.delta", "output_index": 0, "delta": "Let me "}""",
                """{"type": "response.output_text.delta", "output_index": 0, "delta": "look."}""",
                """{"type": "response.output_text.done", "output_index": 0, "text": "Let me look."}""",
                """{"type": "response.output_item.added", "output_index": 1, "item": {"type": "function_call", "id": "fc", "call_id": "c1", "name": "find", "arguments": ""}}""",
                """{"type": "response.function_call_arguments.delta", "output_index": 1, "delta": "{\"q\":"}""",
                """{"type": "response.function_call_arguments.delta", "output_index": 1, "delta": "1}"}""",
                """{"type": "response.function_call_arguments.done", "output_index": 1, "arguments": "{\"q\":1}"}""",
                """{"type": "response.completed", "response": {"object": "response", "status": "completed", "model": "m-1", "output": [], "usage": {"input_tokens": 3, "output_tokens": 4, "total_tokens": 7}}}"""
            )
            .Conversation();
        var choice = Assert.Single(conversation.Choices);
        Assert.Equal("Let me look.", choice.Message.Text);
        Assert.Equal([new ToolCall("c1", "find", """{"q":1}""")], choice.Message.ToolCalls);
        Assert.Equal(
            ("completed", "m-1", 7L),
            (choice.FinishReason, conversation.Model, conversation.Usage!.TotalTokens)
        );
    }

    [Fact]
    public void A_whole_answer_of_the_Responses_API_reads_like_its_stream()
    {
        var message = Answer(
            """
            {"object": "response", "status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}, "output": [
              {"type": "reasoning", "summary": [{"type": "summary_text", "text": "why"}]},
              {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "because"}, {"type": "refusal", "refusal": "no"}]},
              {"type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"}]}
            """,
            out var finishReason
        );
        Assert.Equal(
            ("why", "because", "no", "incomplete:max_output_tokens"),
            (message.Reasoning, message.Text, message.Refusal, finishReason)
        );
        Assert.Equal([new ToolCall("c", "f", "{}")], message.ToolCalls);
    }

    [Fact]
    public void A_whole_Anthropic_message_with_a_tool_call_has_its_text_and_call()
    {
        var message = Answer(
            """
            {"type": "message", "role": "assistant", "stop_reason": "tool_use", "content": [
              {"type": "text", "text": "Looking."}, {"type": "tool_use", "id": "t1", "name": "f", "input": {"a": 1}}]}
            """,
            out var finishReason
        );
        Assert.Equal(("Looking.", "tool_use"), (message.Text, finishReason));
        Assert.Equal([new ToolCall("t1", "f", """{"a":1}""")], message.ToolCalls);
    }

    [Fact]
    public void An_error_inside_a_stream_ends_the_conversation_in_it()
    {
        var conversation = BuiltCassette
            .OfStream(
                """{"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Hel"}}""",
                """{"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}"""
            )
            .Conversation();
        Assert.Equal("Hel", conversation.Choices[0].Message.Text);
        Assert.Equal(("overloaded_error", "Overloaded"), (conversation.Error!.Type, conversation.Error.Message));
    }

    [Fact]
    public void What_is_said_in_short_is_never_cut_inside_a_character()
    {
        var conversation = BuiltCassette
            .Of(new { body = new { choices = new[] { new { message = new { content = "abcd😀😀😀" } } } } })
            .Conversation();
        Assert.All(Enumerable.Range(1, 12), length =>
        {
            var said = conversation.Said(length);
            Assert.DoesNotContain(said.EnumerateRunes(), rune => rune == System.Text.Rune.ReplacementChar);
            Assert.InRange(said.Length, 0, length);
        });
    }

    private static Message Answer(string body, out string? finishReason)
    {
        var choice = Assert.Single(BuiltCassette.Of(new { body = JsonNode.Parse(body) }).Conversation().Choices);
        finishReason = choice.FinishReason;
        return choice.Message;
    }
}
