using OpenAICassette.Conversations;
using OpenAICassette.Formats.Traces;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Tells a file of traces: the calls that go on from each other are one transcript. The spans of tools tell how long
/// they took, and what they returned where no later call repeats it.
/// </summary>
internal static class TraceTranscript
{
    /// <summary>Returns the transcripts of a cassette; null if it holds no traces.</summary>
    public static IReadOnlyList<Transcript>? Of(Cassette cassette)
    {
        if (TraceLog.Of(cassette) is not { } log)
        {
            return null;
        }

        var document = cassette.Source.Read();
        using var loan = cassette.Source.Hold(document);
        var tools = log.ToolsIn(document)
            .Where(tool => tool.CallId is not null)
            .ToLookup(tool => (tool.TraceId, tool.CallId));
        var chains = ConversationMerger.Merge(cassette.Interactions.Select(ConversationAssembler.Assemble));
        return [.. chains.Select(chain => new Transcript(Tell(chain, tools)))];
    }

    private static List<ConversationLink> Tell(
        IReadOnlyList<ConversationLink> chain,
        ILookup<(string?, string?), TracedTool> tools
    )
    {
        var links = chain.Select(link => Tell(link, tools)).ToList();
        var last = links[^1];
        var trace = TraceOf(last);
        var results = last
            .Conversation.Choices.SelectMany(choice => choice.Message.ToolCalls)
            .SelectMany(call => tools[(trace, call.Id)].Take(1))
            .Where(tool => tool.Result is not null)
            .Select(ResultOf)
            .ToList();
        if (results.Count > 0)
        {
            links.Add(last with { News = results, IsUnanswered = true });
        }

        return links;
    }

    private static ConversationLink Tell(ConversationLink link, ILookup<(string?, string?), TracedTool> tools)
    {
        var trace = TraceOf(link);
        var call = TracedCall.Of(link.Conversation.Interaction);
        return link with
        {
            AnsweredAt = call?.SentAt + call?.Duration,
            News =
            [
                .. link
                    .Conversation.Messages.Skip(link.Known)
                    .Select(message => new ToldMessage(
                        message,
                        message.ToolCallId is { } id ? tools[(trace, id)].FirstOrDefault()?.EndedAt : null,
                        null
                    )),
            ],
        };
    }

    private static ToldMessage ResultOf(TracedTool tool) =>
        new(
            new Message
            {
                Role = "tool",
                ToolCallId = tool.CallId,
                Name = tool.Name,
                Parts = [new ContentPart(ContentPartKind.Text, tool.Result!)],
            },
            tool.EndedAt,
            null
        );

    private static string? TraceOf(ConversationLink link) =>
        TracedCall.Of(link.Conversation.Interaction)?.Place.TraceId;
}
