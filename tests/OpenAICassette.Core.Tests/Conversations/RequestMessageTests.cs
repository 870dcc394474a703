using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>The messages of requests as each API family writes them.</summary>
public class RequestMessageTests
{
    [Fact]
    public void A_chat_request_has_calls_and_their_results()
    {
        var messages = Messages(
            """
            {"messages": [
              {"role": "developer", "content": "Be brief."},
              {"role": "assistant", "tool_calls": [{"id": "c", "type": "function", "function": {"name": "f", "arguments": "{\"a\":1}"}}]},
              {"role": "tool", "tool_call_id": "c", "content": "42"}]}
            """
        );
        Assert.Equal(["developer", "assistant", "tool"], messages.Select(message => message.Role));
        Assert.Equal([new ToolCall("c", "f", """{"a":1}""")], messages[1].ToolCalls);
        Assert.Equal(("c", "42"), (messages[2].ToolCallId, messages[2].Text));
    }

    [Fact]
    public void An_Anthropic_request_has_its_system_text_and_one_message_for_each_tool_result()
    {
        var messages = Messages(
            """
            {"system": [{"type": "text", "text": "Be brief."}], "messages": [
              {"role": "assistant", "content": [{"type": "thinking", "thinking": "hm"}, {"type": "tool_use", "id": "t", "name": "f", "input": {}}]},
              {"role": "user", "content": [
                {"type": "tool_result", "tool_use_id": "t", "content": [{"type": "text", "text": "42"}]},
                {"type": "tool_result", "tool_use_id": "u", "content": "43"},
                {"type": "text", "text": "And now?"}]}]}
            """
        );
        Assert.Equal(
            [
                ("system", "Be brief.", null),
                ("assistant", "", null),
                ("tool", "42", "t"),
                ("tool", "43", "u"),
                ("user", "And now?", null),
            ],
            messages.Select(message => (message.Role, message.Text, message.ToolCallId))
        );
        Assert.Equal(("hm", "f({})"), (messages[1].Reasoning, messages[1].ToolCalls[0].ToString()));
    }

    [Fact]
    public void A_Gemini_request_has_its_system_instruction_calls_and_results()
    {
        var messages = Messages(
            """
            {"config": {"system_instruction": "Be brief."}, "contents": [
              {"role": "user", "parts": [{"text": "Hi"}, {"inline_data": {"mime_type": "image/png", "data": "AAAA"}}]},
              {"role": "model", "parts": [{"functionCall": {"name": "f", "args": {"a": 1}}}]},
              {"role": "user", "parts": [{"functionResponse": {"name": "f", "response": {"b": 2}}}]}]}
            """
        );
        Assert.Equal(["system", "user", "assistant", "tool"], messages.Select(message => message.Role));
        Assert.Equal(
            [
                new ContentPart(ContentPartKind.Text, "Hi"),
                new ContentPart(ContentPartKind.Image, "data:image/png;base64,AAAA"),
            ],
            messages[1].Parts
        );
        Assert.Equal("""f({"a":1})""", messages[2].ToolCalls[0].ToString());
        Assert.Equal(("f", """{"b":2}"""), (messages[3].Name, messages[3].Text));
    }

    [Theory]
    [InlineData("A-_+/w==", "A-_+/w==")]
    [InlineData(@"AB\/CD", "AB/CD")]
    [InlineData("not ébase64", "not ébase64")]
    public void A_picture_has_its_data_as_it_was_sent(string sent, string shown)
    {
        var messages = Messages($$"""{"messages": [{"role": "user", "content": "?", "images": ["{{sent}}"]}]}""");
        Assert.Equal("data:image/*;base64," + shown, messages[0].Parts[1].Value);
    }

    [Fact]
    public void A_Responses_request_has_its_instructions_and_items()
    {
        var messages = Messages(
            """
            {"instructions": "Be brief.", "input": [
              {"role": "user", "content": [{"type": "input_text", "text": "Hi"}, {"type": "input_image", "image_url": "https://example.com/a.png"}, {"type": "input_file", "file_id": "file-1"}]},
              {"type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"},
              {"type": "function_call_output", "call_id": "c", "output": "42"}]}
            """
        );
        Assert.Equal(["system", "user", "assistant", "tool"], messages.Select(message => message.Role));
        Assert.Equal(
            [ContentPartKind.Text, ContentPartKind.Image, ContentPartKind.File],
            messages[1].Parts.Select(part => part.Kind)
        );
        Assert.Equal([new ToolCall("c", "f", "{}")], messages[2].ToolCalls);
        Assert.Equal(("c", "42"), (messages[3].ToolCallId, messages[3].Text));
    }

    [Fact]
    public void A_custom_tool_s_call_has_its_name_and_input() =>
        Assert.Equal(
            [new ToolCall("c", "run", "ls -l")],
            Messages(
                """
                {"messages": [{"role": "assistant", "tool_calls": [{"id": "c", "type": "custom", "custom": {"name": "run", "input": "ls -l"}}]}]}
                """
            )[0].ToolCalls
        );

    [Theory]
    [InlineData(
        """{"type": "thinking", "thinking": [{"type": "text", "text": "Why "}, {"type": "text", "text": "not?"}]}"""
    )]
    [InlineData("""{"type": "thinking", "thinking": "Why not?"}""")]
    [InlineData("""{"text": "Why not?", "thought": true}""")]
    public void Thoughts_in_any_family_s_words_are_reasoning(string thought)
    {
        var message = Messages(
            $$"""{"messages": [{"role": "assistant", "content": [{{thought}}, {"type": "text", "text": "Yes."}]}]}"""
        )[0];
        Assert.Equal(("Why not?", "Yes."), (message.Reasoning, message.Text));
    }

    [Fact]
    public void Reasoning_that_only_the_service_can_read_says_nothing() =>
        Assert.Equal(
            ["user", "assistant"],
            Messages(
                    """
                    {"input": [
                      {"role": "user", "content": "Hi"},
                      {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "ZW5j"},
                      {"role": "assistant", "content": "Hello"}]}
                    """
                )
                .Select(message => message.Role)
        );

    [Theory]
    [InlineData("""{"type": "local_shell_call_output", "id": "c", "output": "a.txt"}""", "a.txt")]
    [InlineData(
        """{"type": "shell_call_output", "call_id": "c", "output": [{"type": "output_text", "text": "a.txt"}]}""",
        "a.txt"
    )]
    [InlineData(
        """{"type": "computer_call_output", "call_id": "c", "output": {"type": "computer_screenshot", "image_url": "data:image/png;base64,AAAA"}}""",
        "data:image/png;base64,AAAA"
    )]
    public void What_a_call_of_any_kind_gave_is_a_tool_s_result(string item, string result)
    {
        var message = Assert.Single(Messages($$"""{"input": [{{item}}]}"""));
        Assert.Equal(("tool", "c", result), (message.Role, message.ToolCallId, Assert.Single(message.Parts).Value));
    }

    [Theory]
    [InlineData("image", ContentPartKind.Image, "data:image/*;base64,AAAA")]
    [InlineData("document", ContentPartKind.File, "data:;base64,AAAA")]
    public void Data_without_a_media_type_is_no_URL(string type, ContentPartKind kind, string value) =>
        Assert.Equal(
            [new ContentPart(kind, value)],
            Messages(
                $$"""{"messages": [{"role": "user", "content": [{"type": "{{type}}", "source": {"type": "base64", "data": "AAAA"} }]}]}"""
            )[0].Parts
        );

    [Theory]
    [InlineData("""{"prompt": "Hi"}""", "Hi")]
    [InlineData("""{"prompt": ["Hi", "Ho"]}""", "Hi|Ho")]
    [InlineData("""{"input": ["a", "b"]}""", "a|b")]
    [InlineData("""{"contents": "Hi"}""", "Hi")]
    [InlineData("{}", "")]
    public void A_request_with_a_text_or_several_has_a_message_for_each(string body, string texts) =>
        Assert.Equal(texts, string.Join('|', Messages(body).Select(message => message.Text)));

    [Fact]
    public void A_part_of_an_unknown_kind_is_kept_as_recorded_under_its_name() =>
        Assert.Equal(
            [new ContentPart(ContentPartKind.Json, """{"type":"hologram","depth":3}""", "hologram")],
            Messages("""{"messages": [{"role": "user", "content": [{"type": "hologram", "depth": 3}]}]}""")[0].Parts
        );

    [Fact]
    public void A_message_without_content_has_no_parts() =>
        Assert.Empty(Assert.Single(Messages("""{"messages": [{"role": "assistant"}]}""")).Parts);

    private static IReadOnlyList<Message> Messages(string body) =>
        BuiltCassette.Of(new { body = 1 }, JsonNode.Parse(body)).Conversation().Messages;
}
