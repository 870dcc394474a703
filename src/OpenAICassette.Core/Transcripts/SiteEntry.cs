namespace OpenAICassette.Transcripts;

/// <summary>Represents a conversation in a list.</summary>
/// <param name="Title">Its cassette.</param>
/// <param name="Said">The start of the answer.</param>
/// <param name="Facts">The endpoint, test, model and finish reason.</param>
internal sealed record SiteEntry(string Title, string Said, string Facts)
{
    private const int Longest = 160;

    /// <summary>Returns the entry of a conversation.</summary>
    public static SiteEntry Of(Transcript transcript)
    {
        var facts = new[]
        {
            transcript.Interaction.Endpoint,
            TranscriptRenderer.Footer(transcript),
            transcript.Interaction.TestId,
        };
        return new SiteEntry(
            transcript.Interaction.Cassette.RelativePath,
            transcript.Conversations[^1].Said(Longest),
            string.Join(" · ", facts.Where(fact => !string.IsNullOrEmpty(fact)))
        );
    }
}
