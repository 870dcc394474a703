using System.Globalization;

namespace OpenAICassette.Transcripts;

/// <summary>Renders transcripts.</summary>
public static class TranscriptRenderer
{
    /// <summary>Renders a transcript, without a final line end.</summary>
    /// <param name="transcript">The transcript.</param>
    /// <param name="output">What as.</param>
    public static string Render(Transcript transcript, TranscriptOutput output)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        return output switch
        {
            TranscriptOutput.Markdown => MarkdownTranscript.Render(transcript),
            TranscriptOutput.Json => JsonTranscript.Render(transcript),
            _ => TextTranscript.Render(transcript),
        };
    }

    /// <summary>How the conversation ended, for example: gpt-4o-2024-08-06 · stop · 28 chunks · 12 + 34 tokens.</summary>
    internal static string Footer(Transcript transcript) => string.Join(" · ", new[]
    {
        transcript.Model,
        transcript.FinishReason,
        transcript.Interaction.IsStreaming ? string.Create(CultureInfo.InvariantCulture, $"{transcript.Chunks} chunk{(transcript.Chunks == 1 ? "" : "s")}") : null,
        transcript.Usage?.ToString(),
    }.Where(part => !string.IsNullOrEmpty(part)));
}
