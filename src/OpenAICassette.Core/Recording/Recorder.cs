using System.Collections.Concurrent;
using OpenAICassette.Cassettes;
using OpenAICassette.Formats;
using OpenAICassette.Redaction;

namespace OpenAICassette.Recording;

/// <summary>
/// Records exchanges: the format writes the draft, the secrets are removed, and the file is named and written.
/// </summary>
/// <param name="secrets">Removes the secrets.</param>
/// <param name="place">Where recordings are written.</param>
/// <param name="replays">Returns how well a replay of an interaction gives the client what it saw.</param>
internal sealed class Recorder(
    SecretValues secrets,
    RecordingPlace place,
    Func<Interaction, ExchangeDraft, ReplayFidelity> replays
) : IDisposable
{
    private readonly RecordingFiles? _files = place.Format is null
        ? new(place.Path, place.IsReplaced, place.HasKeyNames)
        : null;
    private readonly ConcurrentDictionary<string, SharedRecording> _shared = new(StringComparer.Ordinal);

    /// <summary>Writes the cassette of an exchange and returns the interaction that a replay plays.</summary>
    /// <exception cref="CassetteException">The cassette could not be written, or not without a secret.</exception>
    public async ValueTask<Interaction> RecordAsync(ExchangeDraft draft)
    {
        if (_files is not null)
        {
            var sidecars = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
            var recording = CassetteFormats.Recording.Write(
                draft,
                interaction => replays(interaction, draft),
                secrets.Scrub,
                (file, content) => sidecars[file.Name] = content
            );

            // A file that holds several interactions ends with the newest.
            return _files.Save(secrets.Scrub(recording), sidecars, draft.ResponseFile).Interactions[^1];
        }

        var (format, path) = (place.Format!, place.FileOf(draft.TestId));
        var written = WriteAlone(draft, format, path);
        var clean = secrets.Scrub(written);
        var views = (ExchangeViews)clean.Interactions[^1].Summary.Views;
        var shared = _shared.GetOrAdd(path, file => new SharedRecording(
            file,
            format,
            place.ReplacedBefore,
            place.Below(file)
        ));
        await shared.AddAsync(views.Read(clean.Read())).ConfigureAwait(false);
        return clean.Interactions[^1];
    }

    /// <summary>Returns an exchange as the only one of a file in memory.</summary>
    private Cassette WriteAlone(ExchangeDraft draft, ICassetteFormat format, string path)
    {
        var document = ExchangeFile.Write(format, [draft], path);
        var origin = CassetteOrigin.OfFile(path).Edited();
        var alone = FileLoader.Index(format, document, CassetteSource.OfMemory(document, path), origin);
        var problem =
            draft.Method == ExchangeDraft.WebSocketMethod && !format.Info.Features.HasFlag(FormatFeatures.WebSockets)
                ? "a WebSocket session"
            : draft.Failure is not null && !format.Info.Features.HasFlag(FormatFeatures.Failures)
                ? "an answer that broke off"
            : draft.Failure is null && replays(alone.Interactions[^1], draft) == ReplayFidelity.None
                ? "this answer as it was sent"
            : null;
        return problem is null
            ? alone
            : throw new CassetteException(
                CassetteError.CassetteNotWritten,
                path,
                $"not recorded: the format {format.Info.Name} cannot hold {problem}"
            );
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var shared in _shared.Values)
        {
            shared.Dispose();
        }
    }
}
