using OpenAICassette.Cassettes;
using OpenAICassette.Formats.AgentLogs;
using OpenAICassette.Formats.Traces;

namespace OpenAICassette.Facts;

/// <summary>Reads the facts of a call in a trace from what its span says, without a request or a response.</summary>
internal sealed class TracedFacts
{
    private TracedFacts(TracedCall call) => Call = call;

    /// <summary>Gets what the index knows of the call.</summary>
    public TracedCall Call { get; }

    /// <summary>Gets the number of messages in the request.</summary>
    public int MessageCount { get; private init; }

    /// <summary>Gets the messages of the request, at least to the first one of the user.</summary>
    public IReadOnlyList<Message> Opening { get; private init; } = [];

    /// <summary>Gets why each answer ended, in the service's words.</summary>
    public IReadOnlyList<string> Reasons { get; private init; } = [];

    /// <summary>Gets the names of the tools that the request offers.</summary>
    public IReadOnlyList<string> ToolsOffered { get; private init; } = [];

    /// <summary>Gets the names of the tools that the answers call.</summary>
    public IReadOnlyList<string> ToolsCalled { get; private init; } = [];

    /// <summary>Gets a hash of what is asked for.</summary>
    public UInt128 RequestHash { get; private init; }

    /// <summary>
    /// Returns the facts of an interaction; null if it is not of a trace, or the trace has the response itself.
    /// </summary>
    public static TracedFacts? Of(Interaction interaction)
    {
        if (interaction.Summary.Views is not TraceViews { Call: { IsRaw: false } call } views)
        {
            return null;
        }

        var document = interaction.Cassette.Source.Read();
        return call.Texts is { } texts ? Of(call, texts, document) : Of(call, views.Read(document));
    }

    private static TracedFacts Of(TracedCall call, TracedTexts texts, ReadOnlyMemory<byte> document)
    {
        var system = texts.Instructions.Length > 0 ? 1 : 0;
        var opening = new List<Message>();
        if (system > 0)
        {
            opening.Add(
                new Message
                {
                    Role = "system",
                    Parts = GenAiMessage.Parts(SpanFields.Parsed(texts.Instructions.In(document))),
                }
            );
        }

        var tally = MessageTally.Of(SpanFields.TextOf(texts.Input.In(document)));
        opening.AddRange(tally.Opening);
        var answers = TracedMessages.Answers(SpanFields.Parsed(texts.Output.In(document)));
        var said = string.Join(
            ' ',
            new[] { texts.Instructions, texts.Input, texts.Tools }.Select(span => HashOf(span, document))
        );
        var hash = $"{call.Path} {call.Model} {said}";
        return new TracedFacts(call)
        {
            MessageCount = system + tally.Count,
            Opening = opening,
            Reasons = ReasonsOf(call, answers),
            ToolsCalled = CallsIn(answers),
            ToolsOffered = [.. NamesOf(SpanFields.Parsed(texts.Tools.In(document)))],
            RequestHash = ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(hash)),
        };
    }

    private static TracedFacts Of(TracedCall call, SpanContent content) =>
        new(call)
        {
            MessageCount = content.Messages.Count,
            Opening = content.Messages,
            Reasons = ReasonsOf(call, content.Choices),
            ToolsCalled = CallsIn(content.Choices),
            ToolsOffered = [.. NamesOf(content.Tools)],
            RequestHash = HashOf(call, content),
        };

    private static UInt128 HashOf(TracedCall call, SpanContent content)
    {
        var hash = HashOf($"{call.Path} {call.Model}") ^ ContentHash.Of(content.Tools.Utf8.Span);
        foreach (var message in content.Messages)
        {
            hash = UInt128.RotateLeft(hash, 1) ^ HashOf(message.Role) ^ HashOf(message.Text);
            foreach (var tool in message.ToolCalls)
            {
                hash = UInt128.RotateLeft(hash, 1) ^ HashOf(tool.Name) ^ HashOf(tool.Arguments);
            }
        }

        return hash;
    }

    private static UInt128 HashOf(string text) =>
        ContentHash.Of(System.Runtime.InteropServices.MemoryMarshal.AsBytes(text.AsSpan()));

    private static UInt128 HashOf(LogSpan span, ReadOnlyMemory<byte> document) =>
        ContentHash.Of(document.Span.Slice(span.Start, span.Length));

    private static IReadOnlyList<string> ReasonsOf(
        TracedCall call,
        IReadOnlyList<(Message Message, string? Reason)> answers
    ) =>
        call.Reasons.Count > 0
            ? call.Reasons
            : [.. answers.Select(answer => GenAiConvention.WordOf(answer.Reason)).OfType<string>()];

    private static string[] CallsIn(IReadOnlyList<(Message Message, string? Reason)> answers) =>
        [.. answers.SelectMany(answer => answer.Message.ToolCalls).Select(call => call.Name)];

    private static IEnumerable<string> NamesOf(JsonValue tools) =>
        tools.Elements.Select(tool =>
            (tool["function"]["name"].Exists ? tool["function"] : tool)["name"].Text ?? tool["type"].Text ?? "tool"
        );
}
