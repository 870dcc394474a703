using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Sessions of Codex.</summary>
public sealed class CodexTests
{
    /// <summary>A tool's result stands twice, and the tokens are logged again when only the limits changed.</summary>
    internal const string Session = """
        {"timestamp":"2026-03-04T05:00:00.000Z","type":"session_meta","payload":{"id":"s-1","cwd":"/srv/app","cli_version":"0.99.0","model_provider":"openai","base_instructions":{"text":"Be brief."},"git":{"branch":"main"}}}
        {"timestamp":"2026-03-04T05:00:00.100Z","type":"response_item","payload":{"type":"message","role":"user","content":[{"type":"input_text","text":"<environment_context>x</environment_context>"}]}}
        {"timestamp":"2026-03-04T05:00:01.000Z","type":"response_item","payload":{"type":"message","role":"user","content":[{"type":"input_text","text":"List"}]}}
        {"timestamp":"2026-03-04T05:00:01.000Z","type":"event_msg","payload":{"type":"user_message","message":"List"}}
        {"timestamp":"2026-03-04T05:00:01.100Z","type":"turn_context","payload":{"cwd":"/srv/app/sub","model":"gpt-x-1","effort":"high"}}
        {"timestamp":"2026-03-04T05:00:02.000Z","type":"response_item","payload":{"type":"reasoning","summary":[{"type":"summary_text","text":"Look first."}],"encrypted_content":"ZW5j"}}
        {"timestamp":"2026-03-04T05:00:03.000Z","type":"response_item","payload":{"type":"function_call","name":"shell","arguments":"{\"cmd\":\"ls\"}","call_id":"c1"}}
        {"timestamp":"2026-03-04T05:00:03.100Z","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"total_tokens":12},"last_token_usage":{"input_tokens":10,"cached_input_tokens":4,"output_tokens":2,"reasoning_output_tokens":1,"total_tokens":12}}}}
        {"timestamp":"2026-03-04T05:00:04.000Z","type":"event_msg","payload":{"type":"exec_command_end","call_id":"c1","aggregated_output":"a.txt","exit_code":0,"duration":{"secs":1,"nanos":0}}}
        {"timestamp":"2026-03-04T05:00:04.000Z","type":"response_item","payload":{"type":"function_call_output","call_id":"c1","output":"a.txt"}}
        {"timestamp":"2026-03-04T05:00:04.500Z","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"total_tokens":12},"last_token_usage":{"input_tokens":10,"output_tokens":2,"total_tokens":12}}}}
        {"timestamp":"2026-03-04T05:00:05.000Z","type":"world_state","payload":{"new":true}}
        {"timestamp":"2026-03-04T05:00:06.000Z","type":"response_item","payload":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a.txt"}]}}

        """;

    internal const string OldSession = """
        {"id":"s-0","timestamp":"2025-06-01T05:00:00.000Z","instructions":null,"git":{"branch":"main"}}
        {"record_type":"state"}
        {"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]}
        {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Hello"}]}

        """;

    private const string Message =
        """{"timestamp":"2026-03-04T05:01:00.000Z","type":"response_item","payload":{"type":"message","role":"ROLE","content":[{"type":"KIND","text":"TEXT"}]}}""";

    private static Cassette Open(string session) =>
        CassetteStore.Open(Encoding.UTF8.GetBytes(session), CassetteOrigin.OfMemory("rollout.jsonl"));

    private static string User(string text) => Line("user", "input_text", text);

    private static string Assistant(string text) => Line("assistant", "output_text", text);

    private static string Line(string role, string kind, string text) =>
        Message
            .Replace("ROLE", role, StringComparison.Ordinal)
            .Replace("KIND", kind, StringComparison.Ordinal)
            .Replace("TEXT", text, StringComparison.Ordinal) + "\n";

    private static IEnumerable<string> Heard(Interaction call) =>
        ConversationAssembler.Assemble(call).Messages.Select(message => message.Text);

    [Fact]
    public void Items_of_the_model_up_to_its_tokens_are_one_answer()
    {
        var cassette = Open(Session);
        Assert.Equal(("codex", 2), (cassette.Format, cassette.Interactions.Count));
        var (first, second) = (cassette.InteractionAt(0), cassette.InteractionAt(1));
        var answer = Assert.Single(ConversationAssembler.Assemble(first).Choices).Message;
        Assert.Equal(("Look first.", "shell"), (answer.Reasoning, Assert.Single(answer.ToolCalls).Name));
        Assert.Equal("a.txt", ConversationAssembler.Assemble(second).Said());
        Assert.Contains("\"encrypted_content\":\"ZW5j\"", first.Response.Body.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_that_stands_twice_is_in_the_request_once()
    {
        var call = Open(Session).InteractionAt(1);
        var messages = ConversationAssembler.Assemble(call).Messages;
        Assert.Equal(
            ["system", "user", "user", "assistant", "assistant", "tool"],
            messages.Select(message => message.Role)
        );
        Assert.Equal("a.txt", Assert.Single(messages, message => message.Role == "tool").Text);
        var body = call.Request.Body.Json;
        Assert.Equal(
            ("gpt-x-1", "Be brief.", "high"),
            (body["model"].Text, body["instructions"].Text, body["reasoning"]["effort"].Text)
        );
    }

    [Fact]
    public void Facts_are_those_of_the_conversation_and_of_the_log()
    {
        var cassette = Open(Session);
        foreach (var interaction in cassette.Interactions)
        {
            var (facts, talk) = (InteractionFacts.Read(interaction), ConversationAssembler.Assemble(interaction));
            Assert.Equal(talk.Messages.Count, facts.MessageCount);
            Assert.Equal(talk.Usage, facts.Usage);
            Assert.Equal(talk.Choices[0].Message.ToolCalls.Select(call => call.Name), facts.ToolsCalled);
            Assert.Equal(talk.Choices[0].FinishReason, Assert.Single(facts.RawFinishReasons));
        }

        var first = InteractionFacts.Read(cassette.InteractionAt(0));
        Assert.Equal(
            (10, 2, 4, 1),
            (
                first.Usage!.PromptTokens,
                first.Usage.CompletionTokens,
                first.Usage.CachedTokens,
                first.Usage.ReasoningTokens
            )
        );
        Assert.Equal((TimeSpan.FromSeconds(2), "openai-responses"), (first.Duration, first.Api));
        Assert.Null(InteractionFacts.Read(cassette.InteractionAt(1)).Usage);
        var place = cassette.InteractionAt(0).Extension<LoggedCall>()!;
        Assert.Equal(
            ("s-1", "/srv/app/sub", "main", "0.99.0", 6),
            (place.SessionId, place.WorkingFolder, place.Branch, place.AgentVersion, place.Line)
        );
    }

    [Fact]
    public void The_layout_without_an_envelope_is_read_too()
    {
        var cassette = Open(OldSession);
        var call = Assert.Single(cassette.Interactions);
        Assert.Equal(("codex", "s-0"), (cassette.Format, call.Extension<LoggedCall>()!.SessionId));
        Assert.Equal(["Hi"], Heard(call));
        Assert.Equal("Hello", ConversationAssembler.Assemble(call).Said());
    }

    [Theory]
    [InlineData("""{"message":"Short story"}""", new[] { "Be brief.", "Short story", "On" })]
    [InlineData(
        """{"message":"","replacement_history":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Kept"}]}]}""",
        new[] { "Be brief.", "Kept", "On" }
    )]
    public void After_a_compaction_only_what_it_left_is_known(string compacted, string[] heard)
    {
        var session = $$"""{{Session}}{"type":"compacted","payload":{{compacted}}}""";
        var last = Open($"{session}\n{User("On")}{Assistant("Yes")}").InteractionAt(2);
        Assert.Equal(heard, Heard(last));
        Assert.Equal(heard.Length, InteractionFacts.Read(last).MessageCount);
        Assert.Equal(LogMark.Compacted, last.Extension<LoggedCall>()!.Mark);
    }

    [Fact]
    public void What_was_rolled_back_is_not_known_afterwards()
    {
        const string back = """{"type":"event_msg","payload":{"type":"thread_rolled_back","num_turns":1}}""";
        var cassette = Open($"{Session}{User("Wrong")}{Assistant("Oops")}{back}\n{User("Right")}{Assistant("Good")}");
        var last = cassette.InteractionAt(3);
        Assert.DoesNotContain("Wrong", Heard(last));
        Assert.Equal("Right", Heard(last).Last());
        Assert.Equal(LogMark.Rewound, last.Extension<LoggedCall>()!.Mark);
    }
}
