using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Messages of the Claude Agent SDK, one on each line.</summary>
public sealed class SdkMessageTests
{
    internal const string Messages = """
        {"type":"system","subtype":"hook_started","hook_id":"h","session_id":"s-1","uuid":"u0"}
        {"type":"system","subtype":"init","session_id":"s-1","cwd":"/srv/app","model":"claude-x","tools":["Bash","Task"],"mcp_servers":[],"claude_code_version":"2.1.4","uuid":"u1"}
        {"type":"user","message":{"role":"user","content":"List"},"parent_tool_use_id":null,"session_id":"s-1"}
        {"type":"stream_event","event":{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"I lo"}},"parent_tool_use_id":null,"session_id":"s-1","uuid":"u2"}
        {"type":"assistant","message":{"id":"m1","type":"message","role":"assistant","model":"claude-x","content":[{"type":"text","text":"I look."}],"stop_reason":null,"usage":{"input_tokens":3,"output_tokens":1}},"parent_tool_use_id":null,"session_id":"s-1","uuid":"u3"}
        {"type":"assistant","message":{"id":"m1","type":"message","role":"assistant","model":"claude-x","content":[{"type":"tool_use","id":"t1","name":"Task","input":{"prompt":"Count"}}],"stop_reason":"tool_use","usage":{"input_tokens":3,"output_tokens":9}},"parent_tool_use_id":null,"session_id":"s-1","uuid":"u4"}
        {"type":"user","message":{"role":"user","content":[{"type":"text","text":"Count"}]},"parent_tool_use_id":"t1","session_id":"s-1","uuid":"u5"}
        {"type":"assistant","message":{"id":"m2","type":"message","role":"assistant","model":"claude-y","content":[{"type":"text","text":"Three"}],"stop_reason":"end_turn","usage":{"input_tokens":2,"output_tokens":1}},"parent_tool_use_id":"t1","session_id":"s-1","uuid":"u6"}
        {"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"Three"}]},"parent_tool_use_id":null,"session_id":"s-1","uuid":"u7"}
        {"type":"assistant","message":{"id":"m3","type":"message","role":"assistant","model":"claude-x","content":[{"type":"text","text":"Three files."}],"stop_reason":"end_turn","usage":{"input_tokens":20,"output_tokens":4}},"parent_tool_use_id":null,"session_id":"s-1","uuid":"u8"}
        {"type":"result","subtype":"success","is_error":false,"result":"Three files.","num_turns":2,"session_id":"s-1","uuid":"u9"}

        """;

    [Fact]
    public void Each_answer_is_an_interaction_and_sub_agents_have_their_own()
    {
        var cassette = Open(Messages);
        Assert.Equal("claude-code", cassette.Format);
        Assert.Equal(
            ["I look.", "Three", "Three files."],
            cassette.Interactions.Select(call => ConversationAssembler.Assemble(call).Choices[0].Message.Text)
        );
        var calls = cassette.Interactions.Select(call => call.Extension<LoggedCall>()!).ToList();
        Assert.Equal([null, "t1", null], calls.Select(call => call.AgentId));
        Assert.All(calls, call =>
            Assert.Equal(("s-1", "/srv/app", "2.1.4"), (call.SessionId, call.WorkingFolder, call.AgentVersion))
        );

        var last = ConversationAssembler.Assemble(cassette.Interactions[2]);
        Assert.Equal(["user", "assistant", "tool"], last.Messages.Select(message => message.Role));
        Assert.Equal((20, 4), (last.Usage!.PromptTokens, last.Usage.CompletionTokens));
        Assert.Equal("Count", Assert.Single(ConversationAssembler.Assemble(cassette.Interactions[1]).Messages).Text);
    }

    [Fact]
    public void An_array_of_them_says_the_same()
    {
        var lines = Messages.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var array = Open($"[\n{string.Join(",\n", lines)}\n]");
        Assert.Equal("claude-code", array.Format);
        Assert.Equal(Open(Messages).Interactions.Select(Said), array.Interactions.Select(Said));
        Assert.Equal([6, 9, 11], array.Interactions.Select(call => call.Extension<LoggedCall>()!.Line));
    }

    [Fact]
    public void In_an_array_without_ids_what_follows_an_answer_directly_belongs_to_it()
    {
        var key = PlantedKey.Of("openai-api-key");
        var text = $$$"""
            [
              {"type":"assistant","parent_tool_use_id":null,"message":{"content":[{"type":"thinking","thinking":"Hm."}],"usage":{"input_tokens":2,"output_tokens":5} } },
              {"type":"assistant","parent_tool_use_id":null,"message":{"content":[{"type":"tool_use","id":"t1","name":"Task","input":{"prompt":"Count"}}],"usage":{"input_tokens":2,"output_tokens":5} } },
              {"type":"assistant","parent_tool_use_id":"t1","message":{"content":[{"type":"text","text":"Three"}],"usage":{"input_tokens":3,"output_tokens":1} } },
              {"type":"user","parent_tool_use_id":null,"message":{"content":[{"type":"tool_result","tool_use_id":"t1","content":"Three"}]}},
              {"type":"assistant","parent_tool_use_id":null,"message":{"content":[{"type":"text","text":"{{{key}}}"} ],"usage":{"input_tokens":9,"output_tokens":1} } }
            ]
            """;
        var cassette = Open(text);
        Assert.Equal([null, "t1", null], cassette.Interactions.Select(call => call.Extension<LoggedCall>()!.AgentId));
        var first = ConversationAssembler.Assemble(cassette.Interactions[0]);
        Assert.Equal(("Hm.", 5L), (first.Choices[0].Message.Reasoning, (long)first.Usage!.CompletionTokens!));
        Assert.Equal("Task", Assert.Single(first.Choices[0].Message.ToolCalls).Name);

        var clean = new Redactor().Redact(cassette).Cassette;
        Assert.EndsWith("REDACTED_OPENAI_API_KEY_1", Said(clean.Interactions[2]), StringComparison.Ordinal);
    }

    private static string Said(Interaction call)
    {
        var message = ConversationAssembler.Assemble(call).Choices[0].Message;
        return string.Concat(message.ToolCalls.Select(tool => tool.Name).Append(message.Text));
    }

    [Theory]
    [InlineData(
        """{"type":"system","subtype":"init","session_id":"s","cwd":"/x","model":"m","permissionMode":"default"}"""
    )]
    [InlineData(
        """{"type":"assistant","message":{"role":"assistant","content":[{"type":"text","text":"x"}]},"session_id":"s"}"""
    )]
    [InlineData("""{"type":"init","session_id":"s","model":"m"}""")]
    public void Lines_that_look_much_like_them_are_not_taken_for_them(string line) =>
        Assert.Throws<CassetteException>(() => Open(line + "\n" + line + "\n"));

    private static Cassette Open(string text) =>
        CassetteStore.Open(Encoding.UTF8.GetBytes(text), CassetteOrigin.OfMemory("a.jsonl"));
}
