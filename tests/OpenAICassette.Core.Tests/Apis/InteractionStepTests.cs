using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>Gemini's Interactions API with steps, whole and as a stream.</summary>
public sealed class InteractionStepTests
{
    private static readonly string[] s_events =
    [
        """{"event_type":"interaction.created","interaction":{"id":"i1","object":"interaction","status":"in_progress","model":"gemini-x"}}""",
        """{"event_type":"step.start","index":0,"step":{"type":"thought"}}""",
        """{"event_type":"step.delta","index":0,"delta":{"type":"thought_summary","content":{"type":"text","text":"Hm."}}}""",
        """{"event_type":"step.delta","index":0,"delta":{"type":"thought_signature","signature":"c2ln"}}""",
        """{"event_type":"step.stop","index":0}""",
        """{"event_type":"step.start","index":1,"step":{"type":"model_output","content":[{"type":"text","text":"I "}]}}""",
        """{"event_type":"step.delta","index":1,"delta":{"type":"text","text":"look."}}""",
        """{"event_type":"step.start","index":2,"step":{"type":"function_call","id":"c1","name":"weather","arguments":{}}}""",
        """{"event_type":"step.delta","index":2,"delta":{"type":"arguments_delta","arguments":"{\"city\":"}}""",
        """{"event_type":"step.delta","index":2,"delta":{"type":"arguments_delta","arguments":"\"Bonn\"}"}}""",
        """{"event_type":"step.stop","index":2}""",
        """{"event_type":"interaction.completed","interaction":{"id":"i1","object":"interaction","status":"requires_action","steps":[{"type":"model_output","content":[{"type":"text","text":"I look."}]}],"usage":{"total_input_tokens":4,"total_output_tokens":2}}}""",
    ];

    private const string Whole = """
        {"id":"i1","object":"interaction","status":"requires_action","model":"gemini-x","steps":[
        {"type":"thought","signature":"c2ln","summary":[{"type":"text","text":"Hm."}]},
        {"type":"model_output","content":[{"type":"text","text":"I "},{"type":"text","text":"look."}]},
        {"type":"function_call","id":"c1","name":"weather","arguments":{"city":"Bonn"}}],
        "usage":{"total_input_tokens":4,"total_output_tokens":2}}
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Steps_are_thoughts_text_and_tool_calls(bool isStream)
    {
        var body = isStream ? string.Concat(s_events.Select(data => $"data: {data}\n\n")) : Whole;
        var conversation = ConversationAssembler.Assemble(Interaction(body));
        var message = conversation.Choices[0].Message;
        Assert.Equal(
            ("I look.", "Hm.", "requires_action"),
            (message.Text, message.Reasoning, conversation.Choices[0].FinishReason)
        );
        Assert.Equal(new ToolCall("c1", "weather", """{"city":"Bonn"}"""), Assert.Single(message.ToolCalls));
        Assert.Equal((4, 2), (conversation.Usage!.PromptTokens, conversation.Usage.CompletionTokens));
        Assert.Equal("gemini-x", conversation.Model);
    }

    [Fact]
    public void An_interaction_that_fails_has_an_error()
    {
        string[] events =
        [
            s_events[0],
            """{"event_type":"interaction.failed","interaction":{"id":"i1","status":"failed","error":{"code":"RESOURCE_EXHAUSTED","message":"quota"}}}""",
        ];
        var body = string.Concat(events.Select(data => $"data: {data}\n\n"));
        Assert.Contains(
            "quota",
            ConversationAssembler.Assemble(Interaction(body)).Error!.Message,
            StringComparison.Ordinal
        );
    }

    private static Interaction Interaction(string body)
    {
        var entry = $$$"""
            {"request":{"method":"POST","url":"https://generativelanguage.googleapis.com/v1beta/interactions","headers":[],
            "postData":{"mimeType":"application/json","text":"{\"model\":\"gemini-x\",\"input\":\"Hi\"}"}},
            "response":{"status":200,"headers":[],"content":{"text":{{{JsonSerializer.Serialize(body)}}}} } }
            """;
        var text = $$$"""{"log":{"version":"1.2","creator":{"name":"x"},"entries":[{{{entry}}}]}}""";
        return CassetteStore.Open(Encoding.UTF8.GetBytes(text), CassetteOrigin.OfMemory("a.har")).Interactions[0];
    }
}
