using OpenAICassette.Formats.LlamaStack;
using OpenAICassette.Redaction;

namespace OpenAICassette.Recording;

/// <summary>
/// Records exchanges: the format writes the draft, the secrets are taken out, and the file is named and written.
/// </summary>
/// <param name="secrets">Takes the secrets out.</param>
/// <param name="files">Names and writes the files.</param>
/// <param name="replays">Returns whether a replay of an interaction gives the client what it saw.</param>
internal sealed class Recorder(
    SecretValues secrets,
    RecordingFiles files,
    Func<Interaction, ExchangeDraft, bool> replays
)
{
    /// <summary>Writes the cassette of an exchange.</summary>
    /// <exception cref="CassetteException">It could not be written, or not without a secret.</exception>
    public Cassette Record(ExchangeDraft draft)
    {
        var recording = ExchangeWriter.Write(draft, interaction => replays(interaction, draft), secrets.ScrubBytes);
        return files.Save(secrets.Scrub(recording));
    }
}
