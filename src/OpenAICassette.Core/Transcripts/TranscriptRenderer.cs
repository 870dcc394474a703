using System.Globalization;
using OpenAICassette.Formats.Traces;
using OpenAICassette.Transcripts;

namespace OpenAICassette;

/// <summary>Renders transcripts.</summary>
/// <example>
/// <code>
/// var transcript = new Transcript(ConversationAssembler.Assemble(interaction));
/// File.WriteAllText("talk.md", TranscriptRenderer.Render(transcript, TranscriptOutput.Markdown));
/// </code>
/// </example>
public static class TranscriptRenderer
{
    /// <summary>Renders a transcript, without a final line end.</summary>
    /// <param name="transcript">The transcript.</param>
    /// <param name="output">The form.</param>
    public static string Render(Transcript transcript, TranscriptOutput output)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        return Render(transcript, output, PageOptions.None);
    }

    /// <summary>Renders a transcript, without a final line end.</summary>
    internal static string Render(Transcript transcript, TranscriptOutput output, PageOptions options) =>
        output switch
        {
            TranscriptOutput.Markdown => MarkdownTranscript.Render(transcript, options),
            TranscriptOutput.Html => HtmlPage.Render([transcript], options),
            TranscriptOutput.Json => JsonTranscript.Render(transcript),
            TranscriptOutput.MessageJson => MessageJsonTranscript.Render(transcript),
            _ => TextTranscript.Render(transcript),
        };

    /// <summary>
    /// Returns how the conversation ended, for example: gpt-4o-2024-08-06 · stop · 28 chunks · 12 + 34 tokens.
    /// </summary>
    internal static string Footer(Transcript transcript) =>
        string.Join(
            " · ",
            new[]
            {
                InertText.Of(transcript.Model ?? string.Empty),
                InertText.Of(transcript.FinishReason ?? string.Empty),
                transcript.Conversations.Count > 1 ? Count(transcript.Conversations.Count, "call") : null,
                transcript.Conversations.Any(conversation => conversation.Interaction.IsStreaming)
                    ? Count(transcript.Chunks, "chunk")
                    : null,
                transcript.Interaction.IsReconstructed
                    ? $"reconstructed from a {(TracedCall.Of(transcript.Interaction) is null ? "log" : "trace")}"
                    : null,
                transcript.Usage?.ToString(),
            }.Where(part => !string.IsNullOrEmpty(part))
        );

    /// <summary>Returns a number with a noun, for example: 1 chunk, 2 chunks.</summary>
    internal static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>Returns the details that people should see, for example what an unknown service adds.</summary>
    internal static IEnumerable<Detail> Unusual(Transcript transcript) =>
        transcript.Conversations.SelectMany(conversation =>
            conversation.Details.Where(detail => !ResponseNoise.IsRoutine(conversation, detail))
        );
}
