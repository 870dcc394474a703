using System.Globalization;
using OpenAICassette.Facts;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Returns the facts of calls for the top of a page, by name. What was not recorded is left out, never guessed.
/// </summary>
internal static class CallFacts
{
    /// <summary>Returns the facts of a transcript: those of its call, or of several calls together.</summary>
    public static IEnumerable<(string Name, string Value)> Of(Transcript transcript, PageOptions options) =>
        transcript.Conversations is [var conversation]
            ? Of(conversation, options)
            : Recorded(
                ("calls", Number(transcript.Conversations.Count)),
                ("model", string.Join(", ", Models(transcript))),
                ("finish", transcript.FinishReason),
                ("started", Time(transcript.Interaction.StartedAt)),
                ("duration", Span(transcript)),
                ("input", Input(transcript.Usage)),
                ("output", Output(transcript.Usage)),
                ("tokens", Total(transcript.Usage)),
                ("cost", Cost(transcript.Conversations, options))
            );

    /// <summary>Returns the facts of one call.</summary>
    public static IEnumerable<(string Name, string Value)> Of(Conversation conversation, PageOptions options)
    {
        var interaction = conversation.Interaction;
        var times = CallTimes.Of(interaction);
        var isSession = interaction.Method == ExchangeDraft.WebSocketMethod;
        return Recorded(
            ("model", Model(conversation)),
            ("status", Status(conversation)),
            ("finish", conversation.Choices.Count > 0 ? conversation.Choices[0].FinishReason : null),
            ("started", Time(times.StartedAt)),
            ("duration", Seconds(times.Duration)),
            ("first token", isSession || !interaction.IsStreaming ? null : Seconds(times.TimeToFirstFrame)),
            ("input", Input(conversation.Usage)),
            ("output", Output(conversation.Usage)),
            ("tokens", Total(conversation.Usage)),
            ("cost", Cost([conversation], options)),
            ("events", isSession ? SessionEvents.Counts(interaction) : null),
            (
                "stream",
                isSession || !interaction.IsStreaming ? null : TranscriptRenderer.Count(interaction.ChunkCount, "chunk")
            )
        );
    }

    /// <summary>Returns a time in seconds for people, for example 1.25 s; null for null.</summary>
    public static string? Seconds(TimeSpan? time) =>
        time is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0.00} s") : null;

    /// <summary>Returns the HTTP status of a response or an error; null if none was recorded.</summary>
    public static string? Status(Conversation conversation) =>
        Number(conversation.Interaction.Response.Status ?? conversation.Error?.Status);

    /// <summary>Returns the cost of calls; null without prices for all that report tokens.</summary>
    public static string? Cost(IReadOnlyList<Conversation> conversations, PageOptions options)
    {
        if (options.Price is not { } find)
        {
            return null;
        }

        var costs = conversations
            .Where(conversation =>
                (conversation.Usage?.PromptTokens ?? conversation.Usage?.CompletionTokens) is not null
            )
            .Select(conversation =>
                find(conversation.Interaction.Model ?? conversation.Model ?? string.Empty)?.Of(conversation.Usage!)
            )
            .ToList();
        return costs.Count == 0 || costs.Contains(null)
            ? null
            : costs.Sum()!.Value.ToString("0.######", CultureInfo.InvariantCulture);
    }

    private static IEnumerable<(string Name, string Value)> Recorded(params (string Name, string? Value)[] facts) =>
        facts.Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => (fact.Name, fact.Value!));

    private static IEnumerable<string> Models(Transcript transcript) =>
        transcript.Conversations.Select(Model).OfType<string>().Distinct();

    /// <summary>Returns the model that answered, behind the one that was asked for if it has another name.</summary>
    private static string? Model(Conversation conversation)
    {
        var (asked, answered) = (conversation.Interaction.Model, conversation.Model);
        return string.IsNullOrEmpty(asked) || asked == answered || answered is null
            ? answered ?? asked
            : $"{asked} → {answered}";
    }

    /// <summary>Returns the time from the first request to the end of the last response.</summary>
    private static string? Span(Transcript transcript)
    {
        var (first, last) = (
            CallTimes.Of(transcript.Interaction),
            CallTimes.Of(transcript.Conversations[^1].Interaction)
        );
        var span = last.StartedAt + last.Duration - first.StartedAt;
        return span >= TimeSpan.Zero ? Seconds(span) : null;
    }

    private static string? Input(Usage? usage) => Tokens(usage?.PromptTokens, usage?.CachedTokens, "cached");

    private static string? Output(Usage? usage) => Tokens(usage?.CompletionTokens, usage?.ReasoningTokens, "reasoning");

    private static string? Total(Usage? usage) =>
        usage is { PromptTokens: null, CompletionTokens: null, TotalTokens: { } total }
            ? total.ToString("N0", CultureInfo.InvariantCulture)
            : null;

    private static string? Tokens(long? count, long? part, string partName) =>
        count is not { } all ? null
        : part is > 0 ? string.Create(CultureInfo.InvariantCulture, $"{all:N0} tokens, {part:N0} {partName}")
        : string.Create(CultureInfo.InvariantCulture, $"{all:N0} tokens");

    private static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
