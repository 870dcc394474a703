namespace OpenAICassette.Transcripts;

/// <summary>What a list of conversations says of one.</summary>
/// <param name="Title">Its cassette.</param>
/// <param name="Said">The start of what was answered.</param>
/// <param name="Facts">Endpoint, test, model, how it ended.</param>
internal sealed record SiteEntry(string Title, string Said, string Facts)
{
    private const int Longest = 160;

    /// <summary>The entry of a conversation.</summary>
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
