using OpenAICassette.Conversations;
using OpenAICassette.Search;
using static OpenAICassette.Tests.BuiltClaudeSession;

namespace OpenAICassette.Tests;

/// <summary>Sessions of Claude Code.</summary>
public sealed class ClaudeCodeTests
{
    /// <summary>Two tools are called at once; the first has answered before the second is called.</summary>
    private static BuiltClaudeSession Parallel() =>
        new BuiltClaudeSession()
            .Line("""{"type":"summary","summary":"Files","leafUuid":"a5"}""")
            .User("u1", "Read both")
            .Assistant(
                "a1",
                "m1",
                new
                {
                    type = "thinking",
                    thinking = "Two files.",
                    signature = "c2ln",
                }
            )
            .Assistant("a2", "m1", Call("t1", "Read", new { file = "a" }))
            .Add("p1", "progress", null, "a2", null)
            .Result("r1", "t1", "A", "a2")
            .Assistant("a3", "m1", Call("t2", "Read", new { file = "b" }), "p1", "tool_use")
            .Result("r2", "t2", "B", "a3")
            .Assistant("a5", "m2", Said("Done"), "r2", "end_turn");

    /// <summary>A session with a branch.</summary>
    internal static BuiltClaudeSession Branches() =>
        new BuiltClaudeSession()
            .User("u1", "Start")
            .Assistant("a1", "m1", Said("Ready"))
            .User("u2", "First try")
            .Assistant("a2", "m2", Said("One"))
            .User("u3", "Second try", "a1")
            .Assistant("a3", "m3", Said("Two"));

    internal static Cassette Open(BuiltClaudeSession session) =>
        CassetteStore.Open(session.ToBytes(), CassetteOrigin.OfMemory("s.jsonl"));

    [Fact]
    public void Lines_with_one_message_id_are_one_answer_whose_usage_counts_once()
    {
        var cassette = Open(Parallel());
        Assert.Equal("claude-code", cassette.Format);
        Assert.Equal(["claude-x-1", "claude-x-1"], cassette.Interactions.Select(call => call.Model));
        var first = ConversationAssembler.Assemble(cassette.InteractionAt(0));
        var answer = Assert.Single(first.Choices);
        Assert.Equal(["Read", "Read"], answer.Message.ToolCalls.Select(call => call.Name));
        Assert.Equal(("Two files.", "tool_use"), (answer.Message.Reasoning, answer.FinishReason));
        Assert.Equal((3, 7, 5), (first.Usage!.PromptTokens, first.Usage.CompletionTokens, first.Usage.CachedTokens));
        Assert.Contains(
            "\"signature\":\"c2ln\"",
            cassette.InteractionAt(0).Response.Body.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_request_has_all_results_of_parallel_calls_also_those_beside_the_path_of_parents()
    {
        var request = Open(Parallel()).InteractionAt(1).Request;
        Assert.True(request.IsReconstructed);
        var messages = ConversationAssembler.Assemble(Open(Parallel()).InteractionAt(1)).Messages;
        Assert.Equal(["user", "assistant", "tool", "tool"], messages.Select(message => message.Role));
        Assert.Equal(["t1", "t2"], messages.Select(message => message.ToolCallId).OfType<string>());
        Assert.Equal("claude-x-1", request.Body.Json["model"].Text);
    }

    [Fact]
    public void Facts_are_those_of_the_conversation()
    {
        var cassette = Open(Parallel());
        foreach (var interaction in cassette.Interactions)
        {
            var (facts, talk) = (InteractionFacts.Read(interaction), ConversationAssembler.Assemble(interaction));
            Assert.Equal(talk.Messages.Count, facts.MessageCount);
            Assert.Equal(talk.Usage, facts.Usage);
            Assert.Equal(talk.Choices[0].Message.ToolCalls.Select(call => call.Name), facts.ToolsCalled);
            Assert.Equal(talk.Choices[0].FinishReason, Assert.Single(facts.RawFinishReasons));
        }

        var (first, second) = (
            InteractionFacts.Read(cassette.InteractionAt(0)),
            InteractionFacts.Read(cassette.InteractionAt(1))
        );
        Assert.Equal(first.ConversationId, second.ConversationId);
        Assert.NotEqual(first.RequestHash, second.RequestHash);
        Assert.Equal("anthropic-messages", first.Api);
        Assert.Equal(TimeSpan.FromSeconds(5), first.Duration);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 5, 0, 0, TimeSpan.Zero), first.StartedAt);
    }

    [Fact]
    public void What_only_a_log_knows_is_an_extension()
    {
        var call = Open(Parallel()).InteractionAt(1).Extension<LoggedCall>()!;
        Assert.Equal("11111111-2222-3333-4444-555555555555", call.SessionId);
        Assert.Equal(("/srv/app", "main", "2.1.0"), (call.WorkingFolder, call.Branch, call.AgentVersion));
        Assert.Equal(("a5", "r2", 9), (call.EntryId, call.ParentEntryId, call.Line));
        Assert.False(call.IsSubagent);
    }

    [Fact]
    public void A_session_that_went_back_has_branches_that_do_not_know_each_other()
    {
        var cassette = Open(Branches());
        Assert.Equal(
            ["Start", "Ready", "Second try"],
            ConversationAssembler.Assemble(cassette.InteractionAt(2)).Messages.Select(message => message.Text)
        );
        Assert.Equal(
            [LogMark.None, LogMark.None, LogMark.Rewound],
            cassette.Interactions.Select(call => call.Extension<LoggedCall>()!.Mark)
        );
    }

    [Fact]
    public void After_a_compaction_only_the_summary_is_known()
    {
        var cassette = Open(
            new BuiltClaudeSession()
                .User("u1", "Start")
                .Assistant("a1", "m1", Said("Ready"))
                .Add(
                    "c1",
                    "system",
                    null,
                    null,
                    new
                    {
                        subtype = "compact_boundary",
                        logicalParentUuid = "a1",
                        compactMetadata = new { trigger = "auto", preTokens = 150000 },
                    }
                )
                .User("u2", "Summary so far", more: new { isCompactSummary = true })
                .User("u3", "Go on")
                .Assistant("a2", "m2", Said("Well"))
        );
        var last = cassette.InteractionAt(1);
        Assert.Equal(
            ["Summary so far", "Go on"],
            ConversationAssembler.Assemble(last).Messages.Select(message => message.Text)
        );
        Assert.Equal(LogMark.Compacted, last.Extension<LoggedCall>()!.Mark);
        Assert.Equal(2, InteractionFacts.Read(last).MessageCount);
    }

    [Fact]
    public void A_sub_agent_in_the_same_file_knows_only_what_it_was_told()
    {
        var side = new { isSidechain = true };
        var cassette = Open(
            new BuiltClaudeSession()
                .User("u1", "Look")
                .Assistant("a1", "m1", Call("t1", "Task", new { prompt = "Count" }))
                .User("s1", "Count", "a1", side)
                .Assistant("s2", "m2", Said("Seven"), more: side)
                .Result("r1", "t1", "Seven", "a1")
                .Assistant("a2", "m3", Said("It is seven"))
        );
        Assert.Equal(
            [false, true, false],
            cassette.Interactions.Select(call => call.Extension<LoggedCall>()!.IsSubagent)
        );
        Assert.Equal(
            ["Count"],
            ConversationAssembler.Assemble(cassette.InteractionAt(1)).Messages.Select(message => message.Text)
        );
        Assert.Equal(3, InteractionFacts.Read(cassette.InteractionAt(2)).MessageCount);
    }

    [Fact]
    public void A_broken_line_is_a_problem_with_its_line_and_the_rest_is_read()
    {
        var cassette = Open(
            new BuiltClaudeSession()
                .User("u1", "Hi")
                .Line("""{"type":"assistant","uuid":"a0","mess""")
                .Line("""{"type":"from-the-future","data":[1]}""")
                .Assistant("a1", "m1", Said("Hello"))
        );
        var problem = Assert.Single(cassette.Problems);
        Assert.Equal(CassetteError.CassetteInvalidJson, problem.Error);
        Assert.Contains("line 2", problem.Message, StringComparison.Ordinal);
        Assert.Equal("Hello", ConversationAssembler.Assemble(Assert.Single(cassette.Interactions)).Said());
        Assert.Contains(new HealthCheck().Check(cassette), finding => finding.Id == HealthId.Unreadable);
    }

    [Fact]
    public void A_call_that_failed_has_its_error()
    {
        var cassette = Open(
            new BuiltClaudeSession()
                .User("u1", "Hi")
                .Assistant("a1", "m1", Said("API Error: 529 overloaded"), more: new { isApiErrorMessage = true })
        );
        var call = Assert.Single(cassette.Interactions);
        Assert.True(call.HasError);
        Assert.Equal("API Error: 529 overloaded", call.Response.Error!.Message);
        Assert.Equal("unknown", InteractionFacts.Read(call).ErrorKind);
    }

    [Fact]
    public void Lines_without_links_follow_each_other()
    {
        var cassette = CassetteStore.Open(
            """
            {"type":"user","sessionId":"s","message":{"role":"user","content":"Hi"},"uuid":"1"}
            {"type":"assistant","sessionId":"s","message":{"role":"assistant","content":[{"type":"text","text":"Yo"}]},"uuid":"2"}

            """u8.ToArray(),
            CassetteOrigin.OfMemory("s.jsonl")
        );
        var talk = ConversationAssembler.Assemble(Assert.Single(cassette.Interactions));
        Assert.Equal(("Hi", "Yo"), (Assert.Single(talk.Messages).Text, talk.Said()));
    }

    [Fact]
    public void Facts_search_and_filters_of_a_long_session_take_room_in_proportion_to_it()
    {
        const int turns = 1500;
        const int length = 2000;
        var session = new BuiltClaudeSession();
        for (var i = 0; i < turns; i++)
        {
            session.User($"u{i}", new string('x', length)).Assistant($"a{i}", $"m{i}", Said($"answer {i}"));
        }

        var cassette = Open(session);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal((turns * 2) - 1, cassette.Interactions.Select(InteractionFacts.Read).Last().MessageCount);
        Assert.True(new CassetteFilter { Text = $"answer {turns - 1}" }.Includes(cassette));
        var found = new CassetteSearch(TextPattern.Create("answer 7", isText: true, ignoresCase: false)).Find(cassette);
        Assert.Equal(111, found.Count());
        Assert.All(cassette.Interactions, call =>
            Assert.StartsWith("answer", ConversationAssembler.Assemble(call).Said(), StringComparison.Ordinal)
        );

        // All requests together have two gigabytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 100L * cassette.Length);
    }
}
