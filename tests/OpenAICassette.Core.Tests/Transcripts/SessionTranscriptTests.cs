using System.Text;
using OpenAICassette.Transcripts;
using static OpenAICassette.Tests.BuiltClaudeSession;

namespace OpenAICassette.Tests;

/// <summary>Transcripts of whole sessions of agents.</summary>
public sealed class SessionTranscriptTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static Transcript Of(string log) =>
        Assert.Single(
            TranscriptList.Of(CassetteStore.Open(Encoding.UTF8.GetBytes(log), CassetteOrigin.OfMemory("log.jsonl")))
        );

    [Fact]
    public void A_session_is_told_once_and_says_where_it_went_back()
    {
        var transcript = Of(ClaudeCodeTests.Branches().ToString());
        Assert.Equal(
            ["Start", "Ready", "First try", "One", "Second try", "Two"],
            transcript.Turns.Select(turn => turn.Text)
        );
        Assert.Equal("rewound", Assert.Single(transcript.Turns, turn => turn.Note is not null).Note);
        var text = TranscriptRenderer.Render(transcript, TranscriptOutput.Text);
        Assert.Contains("[rewound]", text, StringComparison.Ordinal);
        Assert.Contains("3 calls · reconstructed from a log · 9 + 21 tokens", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_have_their_results_and_how_long_they_took()
    {
        var session = new BuiltClaudeSession()
            .User("u1", "List")
            .Assistant("a1", "m1", Call("t1", "Bash", new { command = "ls" }))
            .Result("r1", "t1", "a.txt")
            .Add(
                "c1",
                "system",
                null,
                null,
                new { subtype = "compact_boundary", compactMetadata = new { trigger = "auto", preTokens = 9 } }
            )
            .User("u2", "Summary", more: new { isCompactSummary = true })
            .User("u3", "Never answered");
        var text = TranscriptRenderer.Render(Of(session.ToString()), TranscriptOutput.Text);
        Assert.Contains("""[call] Bash({"command":"ls"}) → a.txt (1.0 s)""", text, StringComparison.Ordinal);
        Assert.Contains("[compacted: auto, 9 tokens before]", text, StringComparison.Ordinal);
        Assert.Contains("Never answered", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sub_agent_in_the_same_log_is_told_at_its_call()
    {
        var side = new { isSidechain = true };
        var session = new BuiltClaudeSession()
            .User("u1", "Look")
            .Assistant("a1", "m1", Call("t1", "Task", new { prompt = "Count" }))
            .User("s1", "Count", null, side)
            .Assistant("s2", "m2", Said("I count"), more: side)
            .Result("r1", "t1", "Seven", "a1")
            .Assistant("a2", "m3", Said("It is seven"));
        var transcript = Of(session.ToString());
        Assert.Equal(["Look", "", "Seven", "It is seven"], transcript.Turns.Select(turn => turn.Text));
        Assert.Equal(["Count", "I count"], Assert.Single(transcript.Subagents).Turns.Select(turn => turn.Text));
        Assert.All(Enum.GetValues<TranscriptOutput>().Where(form => form != TranscriptOutput.MessageJson), form =>
            Assert.Contains("I count", TranscriptRenderer.Render(transcript, form), StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_sub_agent_whose_call_is_not_in_the_log_is_told_at_the_end()
    {
        var side = new { isSidechain = true };
        var session = new BuiltClaudeSession()
            .User("u1", "Look")
            .User("s1", "Count", null, side)
            .Assistant("s2", "m2", Said("I count"), more: side)
            .Assistant("a1", "m1", Said("Well"), "u1");
        var turns = Of(session.ToString()).Turns;
        Assert.Equal(["Look", "Well", "Count", "I count"], turns.Select(turn => turn.Text));
        Assert.Equal("sub-agent", turns[2].Note);
    }

    [Fact]
    public void A_sub_agent_with_a_log_of_its_own_is_told_at_its_call_and_merged_only_once()
    {
        var main = new BuiltClaudeSession()
            .User("u1", "Look")
            .Assistant("a1", "m1", Call("t1", "Agent", new { prompt = "Count" }))
            .Result("r1", "t1", "Seven", more: new { toolUseResult = new { agentId = "x1" } })
            .Assistant("a2", "m2", Said("It is seven"));
        var side = new { isSidechain = true, agentId = "x1" };
        var agent = new BuiltClaudeSession()
            .User("s1", "Count", null, side)
            .Assistant("s2", "m9", Said("I count"), more: side);
        var path = _folder.Add("s.jsonl", main.ToBytes());
        var beside = _folder.Add("s/subagents/agent-x1.jsonl", agent.ToBytes());
        var transcript = Assert.Single(TranscriptList.Of(CassetteStore.Open(path)));
        Assert.Equal("I count", Assert.Single(transcript.Subagents).Turns[1].Text);

        var all = new[] { path, beside }.Select(file => CassetteStore.Open(file));
        var merged = TranscriptList.Merge(
            all.SelectMany(each => each.Interactions).Select(ConversationAssembler.Assemble)
        );
        Assert.Equal("s.jsonl", Assert.Single(merged).Name);
        Assert.Equal("I count", Assert.Single(TranscriptList.Of(CassetteStore.Open(beside))).Turns[1].Text);
    }

    [Fact]
    public void Sub_agents_of_a_trajectory_are_told_at_their_calls()
    {
        var transcript = Of(BuiltLogs.Atif);
        Assert.Equal("Seven", Assert.Single(transcript.Subagents).Turns[1].Text);
        Assert.Contains("compacted", transcript.Turns.Select(turn => turn.Note));
    }

    [Theory]
    [MemberData(nameof(BuiltLogs.All), MemberType = typeof(BuiltLogs))]
    public void Every_text_of_a_log_is_told_once(string format, string log)
    {
        var transcript = Of(log);
        var cassette = transcript.Interaction.Cassette;
        Assert.Equal(format, cassette.Format);
        var told = transcript.Turns.Concat(transcript.Subagents.SelectMany(agent => agent.Turns)).ToList();
        Assert.Equal(cassette.Interactions.Count(call => !call.HasError), told.Count(turn => turn.Choice is not null));
        var prompts = told.Where(turn => turn.Role == "user").ToList();
        Assert.Equal(prompts.Count, prompts.Distinct().Count());
    }

    [Fact]
    public void The_transcript_of_a_long_session_takes_room_in_proportion_to_it()
    {
        const int turns = 1500;
        var session = new BuiltClaudeSession();
        for (var i = 0; i < turns; i++)
        {
            session.User($"u{i}", new string('x', 2000)).Assistant($"a{i}", $"m{i}", Said($"answer {i}"));
        }

        var bytes = session.ToBytes();
        var cassette = CassetteStore.Open(bytes, CassetteOrigin.OfMemory("s.jsonl"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(turns * 2, Assert.Single(TranscriptList.Of(cassette)).Turns.Count);
        Assert.Single(TranscriptList.Merge(cassette.Interactions.Select(ConversationAssembler.Assemble)));
        Assert.NotEmpty(SitePage.Of(cassette, SiteOutput.Html).Content("index.html", null, null));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 200L * bytes.Length);
    }
}
