using System.Globalization;
using OpenAICassette.Facts;

namespace OpenAICassette.Transcripts;

/// <summary>Represents a conversation in a list.</summary>
internal sealed record SiteEntry
{
    private const int Longest = 160;

    /// <summary>Gets the path of its cassette.</summary>
    public required string Title { get; init; }

    /// <summary>Gets what was asked, in plain words; otherwise the endpoint or the file.</summary>
    public required string Asked { get; init; }

    /// <summary>Gets the start of the answer, in plain words.</summary>
    public required string Said { get; init; }

    /// <summary>Gets the endpoint, model, finish reason and test on one line.</summary>
    public required string Facts { get; init; }

    /// <summary>Gets the columns that a list can be filtered by: model, endpoint, status, tools, test.</summary>
    public required IReadOnlyList<string> Choices { get; init; }

    /// <summary>Gets the columns that a list can only show and sort: input and output tokens, time, start.</summary>
    public required IReadOnlyList<string> Numbers { get; init; }

    /// <summary>Gets whether the call failed.</summary>
    public bool HasFailed { get; init; }

    /// <summary>Returns the entry of a conversation.</summary>
    public static SiteEntry Of(Transcript transcript)
    {
        var last = transcript.Conversations[^1];
        var interaction = transcript.Interaction;
        var times = CallTimes.Of(interaction);
        var facts = new[] { interaction.Endpoint, TranscriptRenderer.Footer(transcript), interaction.TestId };
        var tools = last.Choices.SelectMany(choice => choice.Message.ToolCalls).Select(call => call.Name).Distinct();
        return new SiteEntry
        {
            Title = interaction.Cassette.RelativePath,
            Asked = PlainTitle.Of(transcript, Longest),
            Said = PlainTitle.Words(last.Said(Longest * 2), Longest),
            Facts = string.Join(" · ", facts.Where(fact => !string.IsNullOrEmpty(fact))),
            Choices =
            [
                transcript.Model ?? string.Empty,
                interaction.Endpoint ?? string.Empty,
                StatusOf(transcript, last),
                string.Join(' ', tools),
                interaction.TestId ?? string.Empty,
            ],
            Numbers =
            [
                Number(transcript.Usage?.PromptTokens ?? transcript.Usage?.TotalTokens),
                Number(transcript.Usage?.CompletionTokens),
                Number((long?)times.Duration?.TotalMilliseconds),
                times.StartedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
                    ?? string.Empty,
            ],
            HasFailed = last.Error is not null,
        };
    }

    /// <summary>Returns how the call ended: the status of an error, the finish reason, or another status.</summary>
    private static string StatusOf(Transcript transcript, Conversation last)
    {
        var status = CallFacts.Status(last);
        return last.Error is not null ? status ?? "error" : transcript.FinishReason ?? status ?? string.Empty;
    }

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;
}
