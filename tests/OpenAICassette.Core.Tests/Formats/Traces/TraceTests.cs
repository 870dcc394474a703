using System.Text;
using System.Text.Json;
using OpenAICassette.Formats.Traces;
using OpenAICassette.Traces;

namespace OpenAICassette.Tests;

/// <summary>What holds for traces of all forms, and what is special in some.</summary>
public sealed class TraceTests
{
    private static Cassette Open(string trace) =>
        CassetteStore.Open(Encoding.UTF8.GetBytes(trace), CassetteOrigin.OfMemory("trace"));

    private static IEnumerable<string> Heard(Interaction call) =>
        ConversationAssembler
            .Assemble(call)
            .Messages.Select(message =>
                $"{message.Role}: {string.Join(' ', message.Parts.Select(part => part.Value))}{string.Concat(message.ToolCalls)}"
            );

    private static string Said(Interaction call) => ConversationAssembler.Assemble(call).Choices[0].Message.Text;

    [Theory]
    [MemberData(nameof(BuiltTraces.All), MemberType = typeof(BuiltTraces))]
    public void A_trace_is_known_by_its_content_and_its_calls_are_marked_as_reconstructed(string format, string trace)
    {
        var cassette = Open(trace);
        Assert.Equal(format, cassette.Format);
        Assert.True(CassetteFormats.All.Single(info => info.Name == format).IsLog);
        Assert.NotEmpty(cassette.Interactions);
        Assert.Empty(cassette.Problems);
        Assert.All(cassette.Interactions, call => Assert.True(call.IsReconstructed && call.Request.IsReconstructed));
        Assert.All(cassette.Interactions, call => Assert.NotNull(call.Extension<LoggedCall>()!.TraceId));
        Assert.All(cassette.Interactions, call => Assert.NotNull(call.Extension<LoggedCall>()!.EntryId));
        Assert.All(cassette.Interactions, call => Assert.NotEmpty(ConversationAssembler.Assemble(call).Messages));
    }

    [Theory]
    [MemberData(nameof(BuiltTraces.All), MemberType = typeof(BuiltTraces))]
    public void Facts_are_those_of_the_conversations(string format, string trace)
    {
        foreach (var call in Open(trace).Interactions)
        {
            var (facts, talk) = (InteractionFacts.Read(call), ConversationAssembler.Assemble(call));
            Assert.Equal(
                (format, talk.Messages.Count, true),
                (facts.Format, facts.MessageCount, facts.IsReconstructed)
            );
            Assert.Equal(talk.Model, facts.AnsweredModel);
            Assert.Equal(talk.Usage, facts.Usage);
            Assert.Equal(talk.Tools.Select(tool => tool.Name), facts.ToolsOffered);
            Assert.Equal(
                talk.Choices.SelectMany(choice => choice.Message.ToolCalls).Select(each => each.Name),
                facts.ToolsCalled
            );
            Assert.Equal(call.HasError, facts.ErrorKind is not null);
            Assert.NotNull(facts.ConversationId);
        }
    }

    [Fact]
    public void A_span_with_all_messages_has_every_fact()
    {
        var calls = Open(BuiltTraces.Attributes).Interactions;
        Assert.Equal(2, calls.Count);
        var facts = InteractionFacts.Read(calls[0]);
        Assert.Equal(
            ("openai-chat", "gpt-x", "gpt-x-2026", "llm.example.com:8443"),
            (facts.Api, facts.Model, facts.AnsweredModel, facts.Host)
        );
        Assert.Equal(
            (11, 7, 18, 4, 2),
            (
                facts.Usage!.PromptTokens,
                facts.Usage.CompletionTokens,
                facts.Usage.TotalTokens,
                facts.Usage.CachedTokens,
                facts.Usage.ReasoningTokens
            )
        );
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1772600000), facts.StartedAt);
        Assert.Equal((1.5, 0.25), (facts.Duration!.Value.TotalSeconds, facts.TimeToFirstFrame!.Value.TotalSeconds));
        Assert.Equal(["tool_calls", "weather"], [.. facts.RawFinishReasons, .. facts.ToolsCalled]);
        var talk = ConversationAssembler.Assemble(calls[0]);
        Assert.Equal(
            ["temperature: 0.5", "max_tokens: 100"],
            talk.Parameters.Skip(1).Select(each => $"{each.Name}: {each.Value}")
        );
        Assert.Equal(("Tells it", """{"type":"object"}"""), (talk.Tools[0].Description, talk.Tools[0].Parameters));
        Assert.Equal(
            ["system: Be brief.", "user: Look https://example.com/a.png data:audio/wav;base64,UklG"],
            Heard(calls[0])
        );
        var answer = talk.Choices[0].Message;
        Assert.Equal(
            ("Hm.", "c1", """{"city":"Rome"}"""),
            (answer.Reasoning, answer.ToolCalls[0].Id, answer.ToolCalls[0].Arguments)
        );
        var place = calls[0].Extension<LoggedCall>()!;
        Assert.Equal(
            ("talk-1", "5b8efff798038103d269b633813fc60c", "eee19b7ec3c1b171", "eee19b7ec3c1b170"),
            (place.SessionId, place.TraceId, place.EntryId, place.ParentEntryId)
        );
    }

    [Fact]
    public void A_span_with_an_error_is_a_call_that_failed()
    {
        var failed = Open(BuiltTraces.Attributes).Interactions[1];
        Assert.True(failed.HasError);
        Assert.Equal(
            (429, "RateLimitError", "slow down"),
            (failed.Response.Error!.Status, failed.Response.Error.Type, failed.Response.Error.Message)
        );
        Assert.Equal(("http", 429), (InteractionFacts.Read(failed).ErrorKind, InteractionFacts.Read(failed).Status));
        Assert.Equal("overloaded", Open(BuiltTraces.Phoenix).Interactions[1].Response.Error!.Message);
        Assert.Equal("overloaded", Open(BuiltTraces.Langfuse).Interactions[2].Response.Error!.Message);
    }

    [Fact]
    public void Messages_may_be_in_one_event_with_structured_values()
    {
        var call = Assert.Single(Open(BuiltTraces.Details).Interactions);
        Assert.Equal(["user: Hi"], Heard(call));
        var talk = ConversationAssembler.Assemble(call);
        Assert.Equal(("Hello", "stop", 3), (Said(call), talk.Choices[0].FinishReason, talk.Usage!.PromptTokens));
        Assert.Equal(1, call.Extension<LoggedCall>()!.Line);
    }

    [Fact]
    public void Each_message_may_be_an_event_or_a_log_record()
    {
        var calls = Open(BuiltTraces.Events).Interactions;
        Assert.Equal(["system: Be brief.", "user: Weather?", "assistant: weather({})", "tool: sunny"], Heard(calls[0]));
        var talk = ConversationAssembler.Assemble(calls[0]);
        Assert.Equal(
            ("Sunny.", "end_turn", "c1"),
            (Said(calls[0]), talk.Choices[0].FinishReason, talk.Messages[3].ToolCallId)
        );
        Assert.Equal(["user: Hi"], Heard(calls[1]));
        Assert.Equal(
            ("Hello", "stop"),
            (Said(calls[1]), ConversationAssembler.Assemble(calls[1]).Choices[0].FinishReason)
        );
    }

    [Fact]
    public void Log_records_may_stand_in_other_lines_than_their_spans()
    {
        var calls = Open(BuiltTraces.RecordsElsewhere).Interactions;
        Assert.Equal(2, calls.Count);
        Assert.Equal(["user: Hi"], Heard(calls[0]));
        Assert.Equal("Hello", Said(calls[0]));
        Assert.Equal("stop", ConversationAssembler.Assemble(calls[0]).Choices[0].FinishReason);
        Assert.Equal(2, calls[0].Extension<LoggedCall>()!.Line);
        Assert.Equal(["user: Again"], Heard(calls[1]));
        Assert.Equal(("Hello again", "n"), (Said(calls[1]), calls[1].Model));
        var usage = InteractionFacts.Read(calls[1]).Usage!;
        Assert.Equal((3, null), (usage.PromptTokens, usage.CompletionTokens));
    }

    [Fact]
    public void A_message_may_consist_of_calls_of_tools_alone()
    {
        var call = Assert.Single(Open(BuiltTraces.ToolRecords).Interactions);
        Assert.Equal(["user: Weather?", "assistant: place({})", "tool: Rome"], Heard(call));
        var choice = Assert.Single(ConversationAssembler.Assemble(call).Choices);
        Assert.Equal(("", "tool_calls"), (choice.Message.Text, choice.FinishReason));
        Assert.Equal(["""weather({"city":"Rome"})"""], choice.Message.ToolCalls.Select(tool => tool.ToString()));
    }

    [Fact]
    public void Embeddings_without_vectors_are_no_list_of_models()
    {
        const string trace = """
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc615","spanId":"eee19b7ec3c1b171","name":"embeddings m","attributes":[
              {"key":"gen_ai.operation.name","value":{"stringValue":"embeddings"}},{"key":"gen_ai.request.model","value":{"stringValue":"m"}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":"3"}}]}]}]}]}
            """;
        var talk = ConversationAssembler.Assemble(Assert.Single(Open(trace).Interactions));
        Assert.Empty(talk.Choices);
        Assert.Equal(("m", 3), (talk.Model, talk.Usage!.PromptTokens));
    }

    [Fact]
    public void Attributes_may_be_numbered()
    {
        var call = Assert.Single(Open(BuiltTraces.Numbered).Interactions);
        Assert.Equal(["user: Hi"], Heard(call));
        var talk = ConversationAssembler.Assemble(call);
        Assert.Equal(("Hello", "stop", 7), (Said(call), talk.Choices[0].FinishReason, talk.Usage!.TotalTokens));
    }

    [Fact]
    public void Spans_of_the_AI_SDK_are_read_by_its_own_attributes()
    {
        var call = Assert.Single(Open(BuiltTraces.AiSdk).Interactions);
        Assert.Equal(["user: Hi", """assistant: weather({"city":"Rome"})""", "tool: sunny"], Heard(call));
        var talk = ConversationAssembler.Assemble(call);
        Assert.Equal(("Hm.", "c1"), (talk.Messages[1].Reasoning, talk.Messages[2].ToolCallId));
        Assert.Equal("c2", Assert.Single(talk.Choices[0].Message.ToolCalls).Id);
    }

    [Fact]
    public void Spans_of_OpenInference_are_read_in_the_order_of_their_numbers_or_as_whole_bodies()
    {
        var calls = Open(BuiltTraces.OpenInference).Interactions;
        Assert.Equal(
            ["user: Look https://example.com/a.png", "assistant: weather({})", "tool: sunny"],
            Heard(calls[0])
        );
        var facts = InteractionFacts.Read(calls[0]);
        Assert.Equal((4, 2, 18), (facts.Usage!.CachedTokens, facts.Usage.ReasoningTokens, facts.Usage.TotalTokens));
        Assert.Equal(["weather", "s-1"], [.. facts.ToolsOffered, calls[0].Extension<LoggedCall>()!.SessionId!]);
        Assert.Equal("""{"model":"m","messages":[{"role":"user","content":"Hi"}]}""", calls[1].Request.Body.Text);
        Assert.Equal("Hello", Said(calls[1]));
    }

    [Fact]
    public void The_spans_of_tools_tell_how_long_they_took_and_what_they_returned()
    {
        foreach (
            var (trace, seconds) in new[]
            {
                (BuiltTraces.Attributes, 2),
                (BuiltTraces.Phoenix, 3),
                (BuiltTraces.Langfuse, 3),
            }
        )
        {
            var text = Transcripts.TranscriptList.Of(Open(trace))[0].ToString();
            Assert.Contains($"→ sunny ({seconds}.0 s)", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Langfuse_counts_some_tokens_apart_and_keeps_whole_responses()
    {
        var calls = Open(BuiltTraces.Langfuse).Interactions;
        var facts = InteractionFacts.Read(calls[0]);
        Assert.Equal(
            (11, 7, 18, 4, 2),
            (
                facts.Usage!.PromptTokens,
                facts.Usage.CompletionTokens,
                facts.Usage.TotalTokens,
                facts.Usage.CachedTokens,
                facts.Usage.ReasoningTokens
            )
        );
        Assert.Equal((0.5, 2), (facts.TimeToFirstFrame!.Value.TotalSeconds, facts.Duration!.Value.TotalSeconds));
        Assert.Equal(["weather", "weather"], [.. facts.ToolsOffered, .. facts.ToolsCalled]);
        Assert.Equal(("/v1/responses", "Hello"), (calls[1].Endpoint, Said(calls[1])));
        Assert.Equal(["user: Hi"], Heard(calls[1]));
        Assert.Equal("s-1", calls[0].Extension<LoggedCall>()!.SessionId);
        Assert.Equal(["user: Hi"], Heard(Assert.Single(Open(BuiltTraces.LangfuseLines).Interactions)));
    }

    [Fact]
    public void A_trace_that_was_exported_reads_back()
    {
        var source = Open(BuiltTraces.Attributes);
        var lines = new OtlpTrace([.. source.Interactions.Select(ConversationAssembler.Assemble)]).Requests(1);
        var again = Open(string.Join('\n', lines));
        Assert.Equal("otlp", again.Format);
        Assert.Equal(source.Interactions.Count, again.Interactions.Count);
        foreach (var (before, after) in source.Interactions.Zip(again.Interactions))
        {
            Assert.Equal(FactsOf(before), FactsOf(after));
            Assert.Equal(Heard(before), Heard(after));
            Assert.Equal(before.Request.Body.Text, after.Request.Body.Text);
            if (!before.HasError)
            {
                Assert.Equal(Said(before), Said(after));
            }
        }
    }

    [Fact]
    public void Messages_are_counted_without_being_read_whatever_form_they_have()
    {
        string[] lists =
        [
            """[{"role":"system","parts":[{"type":"text","content":"a"}]},{"role":"user","parts":[{"content":"\"]}[","type":"text"}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"1","response":[{}]},{"type":"tool_call_response","id":"2"}]},{"parts":[],"role":"assistant"},{"role":"user","parts":[{"type":"tool_call_response"},{"type":"text","content":"b"}]}]""",
            """[{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"text","text":"b"}]},"c",7,null,[{"role":"user","content":"d"}]]""",
            """[{"role":"user","parts":[{"text":"a"}]},{"role":"user","parts":[7]},{"role":"user","parts":"x"},{}]""",
            "[]",
            "[{",
            "text",
        ];
        foreach (var list in lists)
        {
            var bytes = Encoding.UTF8.GetBytes(list);
            var read = TracedMessages.Read(JsonValue.ParseOrUndefined(bytes));
            var tally = MessageTally.Of(bytes);
            Assert.Equal((list, read.Count), (list, tally.Count));
            Assert.Equal(
                read.Take(tally.Opening.Count).Select(message => message.ToString()),
                tally.Opening.Select(message => message.ToString())
            );
        }
    }

    [Fact]
    public void A_broken_line_is_a_problem_and_the_rest_is_read()
    {
        var cassette = Open($"{BuiltTraces.Details}{{\"resourceSpans\":[\n{BuiltTraces.Details}");
        Assert.Equal(2, cassette.Interactions.Count);
        Assert.Contains("line 3", Assert.Single(cassette.Problems).Message, StringComparison.Ordinal);
        var error = Assert.Throws<CassetteException>(() => Open(BuiltTraces.Attributes[..^40]));
        Assert.Equal(CassetteError.CassetteInvalidJson, error.Error);
    }

    /// <summary>Returns all facts but those of the file and its spelling.</summary>
    private static string FactsOf(Interaction call)
    {
        var facts = JsonSerializer.SerializeToNode(InteractionFacts.Read(call))!.AsObject();
        facts.Remove(nameof(InteractionFacts.Path));
        facts.Remove(nameof(InteractionFacts.Bytes));
        facts.Remove(nameof(InteractionFacts.RequestHash));
        return facts.ToJsonString();
    }
}
