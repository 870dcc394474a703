using OpenAICassette.Formats;
using OpenAICassette.Server;

namespace OpenAICassette.Capture;

/// <summary>Specifies the recordings of a session, and how its server answers and records.</summary>
internal sealed record SessionOptions
{
    /// <summary>
    /// Gets the files and folders of the recordings; with a mode that records, the one folder that new recordings are
    /// written to.
    /// </summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Gets the cassettes to play instead of those of <see cref="Paths"/>; null to load them.</summary>
    public IReadOnlyList<Cassette>? Cassettes { get; init; }

    /// <summary>
    /// Gets where the server listens and how it answers. The session adds the folder of the recordings.
    /// </summary>
    public CassetteServerOptions Server { get; init; } = new();

    /// <summary>
    /// Gets the function that returns the service for an operation where <see cref="CassetteServerOptions.Upstream"/>
    /// does not name one; a request may then name its own. Null if recording requires an upstream.
    /// </summary>
    public Func<string, Uri>? ServiceOf { get; init; }

    /// <summary>
    /// Gets the function that receives files that could not be loaded or were skipped; null to fail at the first file
    /// that could not be loaded.
    /// </summary>
    public Action<CassetteLoad>? Problem { get; init; }

    /// <summary>Gets whether a recording that was not played is an error.</summary>
    public bool RequireAllUsed { get; init; }

    /// <summary>Gets why the mode is what it is; null if it was asked for.</summary>
    public string? WhyMode { get; init; }

    /// <summary>Gets the files to load. A folder to record to need not exist yet.</summary>
    internal IEnumerable<CassetteFile> Files =>
        Paths
            .Where(path => !IsRecording || Path.Exists(path))
            .SelectMany(path => CassetteStore.Find(path, recurse: true));

    private bool IsRecording => Server.Mode != RecordMode.None;

    /// <summary>Returns the options of a session for a test.</summary>
    /// <param name="place">The file or folder of the recordings.</param>
    /// <param name="session">What the user of the session chose.</param>
    /// <param name="serviceOf">Returns the service for an operation, where a request names none.</param>
    /// <exception cref="ArgumentException">The variable CASSETTE_MODE is not a mode.</exception>
    public static SessionOptions For(string place, CassetteSessionOptions session, Func<string, Uri> serviceOf)
    {
        place = session.Format is { } format ? SessionDefaults.PlaceIn(format, place) : place;
        var mode = SessionDefaults.ModeFor(place, session.Mode ?? SessionDefaults.Mode());
        var isRecording = mode != RecordMode.None;
        return new SessionOptions
        {
            Paths = [place],
            Server = new CassetteServerOptions
            {
                Mode = mode,
                RecordFormat = isRecording ? session.Format : null,
                Upstream = isRecording ? session.Upstream ?? SessionDefaults.Upstream() : null,
                UpstreamOfHost = isRecording ? session.UpstreamOfHost : UpstreamAddresses.None.ByHost,
                UpstreamCertificate = session.UpstreamCertificate,
                KeyNames = session.KeyNames,
                TestId = session.TestId,
                Replay = session.Replay,
            },
            ServiceOf = serviceOf,
            RequireAllUsed = session.RequireAllUsed,
            WhyMode =
                session.Mode is null && SessionDefaults.WhyMode() is { } reason ? reason
                : mode == RecordMode.None && session.Mode != mode ? $"{place} has recordings"
                : null,
        };
    }

    /// <summary>Returns the options of the server, with what the session adds.</summary>
    /// <exception cref="ArgumentException">The mode records, and the paths are not one folder or one file that can be added to.</exception>
    internal CassetteServerOptions ToServerOptions()
    {
        // Clients in this process name the service of each request.
        var token = ServiceOf is null ? null : Guid.NewGuid().ToString("n");
        if (!IsRecording)
        {
            return Server with { Watched = Paths, UpstreamToken = token };
        }

        if (Paths is not [var place])
        {
            throw new ArgumentException(
                "recordings are written to a single file or folder. Specify a folder, or one file."
            );
        }

        var recording = Server with { RecordTo = place, RecordFormat = FormatFor(place) };
        return ServiceOf is null || Server.Upstream is not null
            ? recording
            : recording with
            {
                Upstream = ServiceOf(string.Empty),
                UpstreamOf = ServiceOf,
                UpstreamToken = token,
            };
    }

    /// <summary>Returns the format to record in: the one that was asked for, or that of the file to record to.</summary>
    private string? FormatFor(string place)
    {
        // Recordings that are files of their own need no format.
        var asked = Server.RecordFormat;
        if (asked is not null && CassetteFormats.ByName(asked) is IRecordingFormat)
        {
            asked = null;
        }

        if (!File.Exists(place))
        {
            return asked;
        }

        var found = CassetteStore.Open(place).Format;
        if (
            CassetteFormats.ByName(found) is not IListFormat
            || (asked is not null && CassetteFormats.ByName(asked)?.Info.Name != found)
        )
        {
            throw new ArgumentException(
                $"{place}: the path is a file of the format {found}, which cannot be recorded to. Specify a folder"
                    + (asked is null ? "." : $", or another file for the format {asked}.")
            );
        }

        return found;
    }
}
