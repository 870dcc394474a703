using OpenAICassette.Redaction;

namespace OpenAICassette.Recording;

/// <summary>
/// Records exchanges: the format writes the draft, the secrets are removed, and the file is named and written.
/// </summary>
/// <param name="secrets">Removes the secrets.</param>
/// <param name="files">Names and writes the files.</param>
/// <param name="replays">Returns whether a replay of an interaction gives the client what it saw.</param>
internal sealed class Recorder(
    SecretValues secrets,
    RecordingFiles files,
    Func<Interaction, ExchangeDraft, bool> replays
)
{
    /// <summary>Writes the cassette of an exchange and returns the interaction that a replay plays.</summary>
    /// <exception cref="CassetteException">The cassette could not be written, or not without a secret.</exception>
    public Interaction Record(ExchangeDraft draft)
    {
        var recording = CassetteFormats.Recording.Write(
            draft,
            interaction => replays(interaction, draft),
            secrets.ScrubBytes
        );

        // A file that holds several interactions ends with the newest.
        return files.Save(secrets.Scrub(recording)).Interactions[^1];
    }
}
