namespace OpenAICassette.Transcripts;

/// <summary>Represents what the index of a site holds of a conversation.</summary>
/// <param name="Entry">The row.</param>
/// <param name="Words">The words by which it is found.</param>
internal sealed record SitePlace(SiteEntry Entry, IReadOnlyCollection<string> Words)
{
    /// <summary>Returns the place of a conversation.</summary>
    public static SitePlace Of(Transcript transcript) => new(SiteEntry.Of(transcript), SiteWords.Of(transcript));
}
