using System.Text;

namespace OpenAICassette.Tests;

/// <summary>What holds for the logs of all agents, and what is special in those of some.</summary>
public sealed class AgentLogTests
{
    private static Cassette Open(string log) =>
        CassetteStore.Open(Encoding.UTF8.GetBytes(log), CassetteOrigin.OfMemory("log"));

    private static IEnumerable<string> Heard(Interaction call) =>
        ConversationAssembler.Assemble(call).Messages.Select(message => $"{message.Role}: {message.Text}");

    [Theory]
    [MemberData(nameof(BuiltLogs.All), MemberType = typeof(BuiltLogs))]
    public void A_log_is_known_by_its_content_and_its_calls_are_marked_as_reconstructed(string format, string log)
    {
        var cassette = Open(log);
        Assert.Equal(format, cassette.Format);
        Assert.True(CassetteFormats.All.Single(info => info.Name == format).IsLog);
        Assert.NotEmpty(cassette.Interactions);
        Assert.All(cassette.Interactions, call => Assert.True(call.IsReconstructed && call.Request.IsReconstructed));
        Assert.All(cassette.Interactions, call => Assert.NotNull(call.Extension<LoggedCall>()!.SessionId));
    }

    [Theory]
    [MemberData(nameof(BuiltLogs.All), MemberType = typeof(BuiltLogs))]
    public void Facts_are_those_of_the_conversations(string format, string log)
    {
        foreach (var call in Open(log).Interactions)
        {
            var (facts, talk) = (InteractionFacts.Read(call), ConversationAssembler.Assemble(call));
            Assert.Equal((format, talk.Messages.Count), (facts.Format, facts.MessageCount));
            Assert.Equal(talk.Model, facts.AnsweredModel);
            Assert.Equal(talk.Tools.Select(tool => tool.Name), facts.ToolsOffered);
            Assert.Equal(call.HasError, facts.ErrorKind is not null);
            if (!call.HasError)
            {
                Assert.Equal(talk.Usage, facts.Usage);
                Assert.Equal(talk.Choices[0].Message.ToolCalls.Select(each => each.Name), facts.ToolsCalled);
                Assert.Equal(talk.Choices[0].FinishReason, facts.RawFinishReasons.SingleOrDefault());
            }
        }
    }

    [Fact]
    public void Gemini_CLI_logs_an_answer_again_and_goes_back()
    {
        var calls = Open(BuiltLogs.GeminiCli).Interactions;
        Assert.Equal(4, calls.Count);
        Assert.Equal(["user: List", "assistant: ", """tool: {"output":"a.txt"}"""], Heard(calls[1]));
        Assert.Equal("Plan\nUse ls\n", ConversationAssembler.Assemble(calls[0]).Choices[0].Message.Reasoning);
        Assert.Equal(
            (11, 4),
            (
                InteractionFacts.Read(calls[0]).Usage!.PromptTokens,
                InteractionFacts.Read(calls[0]).Usage!.ReasoningTokens
            )
        );
        Assert.Equal("user: Right", Heard(calls[3]).Last());
        Assert.DoesNotContain("user: Wrong", Heard(calls[3]));
        Assert.Equal(LogMark.Rewound, calls[3].Extension<LoggedCall>()!.Mark);
    }

    [Fact]
    public void A_checkpoint_of_Gemini_CLI_replaces_what_was_said()
    {
        const string set =
            """{"$set":{"messages":[{"id":"n1","type":"user","content":"Summary"},{"id":"n2","type":"gemini","content":"Got it"}]}}""";
        const string more =
            """{"id":"u9","type":"user","content":"On"}""" + "\n" + """{"id":"a9","type":"gemini","content":"Yes"}""";
        var calls = Open($"{BuiltLogs.GeminiCli}{set}\n{more}").Interactions;
        Assert.Equal(["user: Summary", "assistant: Got it", "user: On"], Heard(calls[4]));
        Assert.Equal(LogMark.Compacted, calls[4].Extension<LoggedCall>()!.Mark);
    }

    [Fact]
    public void Recorded_responses_of_Gemini_CLI_are_streams_without_requests()
    {
        var cassette = Open(BuiltLogs.GeminiResponses);
        Assert.Equal("gemini-cli-responses", cassette.Format);
        Assert.Equal([2, 0, 0], cassette.Interactions.Select(call => call.ChunkCount));
        Assert.All(cassette.Interactions, call => Assert.False(call.IsReconstructed));
        var first = ConversationAssembler.Assemble(cassette.InteractionAt(0));
        Assert.Equal(("Hey", "STOP", 4), (first.Said(), first.Choices[0].FinishReason, first.Usage!.PromptTokens));
        Assert.Equal(
            "ls",
            Assert.Single(ConversationAssembler.Assemble(cassette.InteractionAt(1)).Choices[0].Message.ToolCalls).Name
        );
        Assert.Equal("gemini", InteractionFacts.Read(cassette.InteractionAt(0)).Api);
    }

    [Fact]
    public void OpenCode_keeps_times_tokens_and_errors()
    {
        var calls = Open(BuiltLogs.OpenCode).Interactions;
        var facts = calls.Select(InteractionFacts.Read).ToList();
        Assert.Equal(TimeSpan.FromSeconds(2.5), facts[0].Duration);
        Assert.Equal(
            (17, 5, 1),
            (facts[0].Usage!.PromptTokens, facts[0].Usage!.CachedTokens, facts[0].Usage!.ReasoningTokens)
        );
        Assert.Equal(["user: List", "assistant: Well", "tool: a.txt"], Heard(calls[1]));
        Assert.Equal("overloaded", calls[2].Response.Error!.Message);
        Assert.Equal("/srv/app/sub", calls[0].Extension<LoggedCall>()!.WorkingFolder);
    }

    [Fact]
    public void A_trajectory_has_its_compactions_and_sub_agents()
    {
        var calls = Open(BuiltLogs.Atif).Interactions;
        Assert.Equal(["system: Be brief.", "user: Count", "assistant: ", "tool: Seven"], Heard(calls[1]));
        Assert.Equal(["system: Compacted", "system: Summary"], Heard(calls[2]));
        Assert.Equal(["user: Count"], Heard(calls[3]));
        Assert.Equal(
            ("child", true),
            (calls[3].Extension<LoggedCall>()!.AgentId, calls[3].Extension<LoggedCall>()!.IsSubagent)
        );
        Assert.Equal("model-y", calls[3].Model);
    }
}
