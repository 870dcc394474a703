using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>The messages of requests as each API family writes them.</summary>
public class RequestMessageTests
{
    [Fact]
    public void A_chat_request_has_calls_and_their_results()
    {
        var messages = Messages("""
            {"messages": [
              {"role": "developer", "content": "Be brief."},
              {"role": "assistant", "tool_calls": [{"id": "c", "type": "function", "function": {"name": "f", "arguments": "{\"a\":1}"}}]},
              {"role": "tool", "tool_call_id": "c", "content": "42"}]}
            """);
        Assert.Equal(["developer", "assistant", "tool"], messages.Select(message => message.Role));
        Assert.Equal([new ToolCall("c", "f", """{"a":1}""")], messages[1].ToolCalls);
        Assert.Equal(("c", "42"), (messages[2].ToolCallId, messages[2].Text));
    }

    [Fact]
    public void An_Anthropic_request_has_its_system_text_and_one_message_for_each_tool_result()
    {
        var messages = Messages("""
            {"system": [{"type": "text", "text": "Be brief."}], "messages": [
              {"role": "assistant", "content": [{"type": "thinking", "thinking": "hm"}, {"type": "tool_use", "id": "t", "name": "f", "input": {}}]},
              {"role": "user", "content": [
                {"type": "tool_result", "tool_use_id": "t", "content": [{"type": "text", "text": "42"}]},
                {"type": "tool_result", "tool_use_id": "u", "content": "43"},
                {"type": "text", "text": "And now?"}]}]}
            """);
        Assert.Equal(
            [("system", "Be brief.", null), ("assistant", "", null), ("tool", "42", "t"), ("tool", "43", "u"), ("user", "And now?", null)],
            messages.Select(message => (message.Role, message.Text, message.ToolCallId)));
        Assert.Equal(("hm", "f({})"), (messages[1].Reasoning, messages[1].ToolCalls[0].ToString()));
    }

    [Fact]
    public void A_Gemini_request_has_its_system_instruction_calls_and_results()
    {
        var messages = Messages("""
            {"config": {"system_instruction": "Be brief."}, "contents": [
              {"role": "user", "parts": [{"text": "Hi"}, {"inline_data": {"mime_type": "image/png", "data": "AAAA"}}]},
              {"role": "model", "parts": [{"functionCall": {"name": "f", "args": {"a": 1}}}]},
              {"role": "user", "parts": [{"functionResponse": {"name": "f", "response": {"b": 2}}}]}]}
            """);
        Assert.Equal(["system", "user", "assistant", "tool"], messages.Select(message => message.Role));
        Assert.Equal([new ContentPart(ContentPartKind.Text, "Hi"), new ContentPart(ContentPartKind.Image, "data:image/png;base64,AAAA")], messages[1].Parts);
        Assert.Equal("""f({"a":1})""", messages[2].ToolCalls[0].ToString());
        Assert.Equal(("f", """{"b":2}"""), (messages[3].Name, messages[3].Text));
    }

    [Fact]
    public void A_Responses_request_has_its_instructions_and_items()
    {
        var messages = Messages("""
            {"instructions": "Be brief.", "input": [
              {"role": "user", "content": [{"type": "input_text", "text": "Hi"}, {"type": "input_image", "image_url": "https://example.com/a.png"}, {"type": "input_file", "file_id": "file-1"}]},
              {"type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"},
              {"type": "function_call_output", "call_id": "c", "output": "42"}]}
            """);
        Assert.Equal(["system", "user", "assistant", "tool"], messages.Select(message => message.Role));
        Assert.Equal([ContentPartKind.Text, ContentPartKind.Image, ContentPartKind.File], messages[1].Parts.Select(part => part.Kind));
        Assert.Equal([new ToolCall("c", "f", "{}")], messages[2].ToolCalls);
        Assert.Equal(("c", "42"), (messages[3].ToolCallId, messages[3].Text));
    }

    [Theory]
    [InlineData("""{"prompt": "Hi"}""", "Hi")]
    [InlineData("""{"prompt": ["Hi", "Ho"]}""", "Hi|Ho")]
    [InlineData("""{"input": ["a", "b"]}""", "a|b")]
    [InlineData("""{"contents": "Hi"}""", "Hi")]
    [InlineData("{}", "")]
    public void A_request_with_a_text_or_several_has_a_message_for_each(string body, string texts)
        => Assert.Equal(texts, string.Join('|', Messages(body).Select(message => message.Text)));

    [Fact]
    public void A_part_of_an_unknown_kind_is_kept_as_recorded_under_its_name()
        => Assert.Equal(
            [new ContentPart(ContentPartKind.Json, """{"type":"hologram","depth":3}""", "hologram")],
            Messages("""{"messages": [{"role": "user", "content": [{"type": "hologram", "depth": 3}]}]}""")[0].Parts);

    [Fact]
    public void A_message_without_content_has_no_parts()
        => Assert.Empty(Assert.Single(Messages("""{"messages": [{"role": "assistant"}]}""")).Parts);

    private static IReadOnlyList<Message> Messages(string body)
        => BuiltCassette.Of(new { body = 1 }, JsonNode.Parse(body)).Conversation().Messages;
}
