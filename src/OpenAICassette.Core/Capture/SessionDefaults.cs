using OpenAICassette.Formats;
using OpenAICassette.Recording;

namespace OpenAICassette.Capture;

/// <summary>Chooses what a session does where its user does not say.</summary>
internal static class SessionDefaults
{
    private const string ModeVariable = "CASSETTE_MODE";
    private const string UpstreamVariable = "CASSETTE_UPSTREAM";
    private const string BuildServerVariable = "CI";

    /// <summary>
    /// Returns when to record: as the variable CASSETTE_MODE says; without it never on a build server, and once
    /// elsewhere.
    /// </summary>
    /// <exception cref="ArgumentException">The value of the variable is not a mode.</exception>
    public static RecordMode Mode()
    {
        var wanted = Environment.GetEnvironmentVariable(ModeVariable);
        if (string.IsNullOrEmpty(wanted))
        {
            var isBuildServer = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(BuildServerVariable));
            return isBuildServer ? RecordMode.None : RecordMode.Once;
        }

        // Enum.TryParse accepts numbers too.
        return Enum.TryParse<RecordMode>(wanted, ignoreCase: true, out var mode) && char.IsAsciiLetter(wanted[0])
            ? mode
            : throw new ArgumentException(
                $"the variable {ModeVariable} must be one of "
                    + $"{string.Join(", ", Enum.GetNames<RecordMode>())}; it is '{wanted}'"
            );
    }

    /// <summary>Returns why <see cref="Mode"/> is what it is; null if nothing says otherwise than to record once.</summary>
    public static string? WhyMode() =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(ModeVariable)) ? $"{ModeVariable} is set"
        : !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(BuildServerVariable))
            ? $"{BuildServerVariable} is set"
        : null;

    /// <summary>Returns what to tell of a miss: the mode, why it is that mode, and how to record.</summary>
    /// <param name="mode">The mode of the session.</param>
    /// <param name="reason">Why it is the mode; null if it was asked for.</param>
    /// <param name="path">The file or folder of the recordings.</param>
    public static string HowToRecord(RecordMode mode, string? reason, string path) =>
        mode == RecordMode.None
            ? $"The mode is None{(reason is null ? string.Empty : $" because {reason}")}, so nothing is recorded. "
                + "To record what is missing, use the mode NewEpisodes."
            : $"The mode is {mode} and {path} has recordings. To record again, delete them or use the mode NewEpisodes.";

    /// <summary>Returns the service that the variable CASSETTE_UPSTREAM names; null if it names none.</summary>
    public static Uri? Upstream() =>
        Uri.TryCreate(Environment.GetEnvironmentVariable(UpstreamVariable), UriKind.Absolute, out var named)
            ? named
            : null;

    /// <summary>Returns the mode for a path: a file that exists was recorded, so that once is never.</summary>
    /// <param name="path">The file or folder of the recordings.</param>
    /// <param name="mode">The mode for a folder.</param>
    public static RecordMode ModeFor(string path, RecordMode mode) =>
        mode == RecordMode.Once && File.Exists(path) ? RecordMode.None : mode;

    /// <summary>
    /// Returns the format of a new file that holds many exchanges, by its extension; null for a folder, for a file that
    /// exists, which tells its format itself, and for other extensions.
    /// </summary>
    /// <param name="path">The path, as a user wrote it.</param>
    public static string? FormatOf(string path) =>
        Path.Exists(path)
            ? null
            : Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".json" or ".yaml" or ".yml" => "vcrpy",
                ".har" => "har",
                _ => null,
            };

    /// <summary>Returns the file of a test whose recordings have a format, from a path that may lack the extension.</summary>
    /// <param name="format">The name of the format.</param>
    /// <param name="path">The path.</param>
    public static string PlaceIn(string format, string path) =>
        CassetteFormats.ByName(format) is IListFormat and ICassetteFormat list && !RecordingPlace.IsFile(path, list)
            ? path + list.Info.Extensions[0]
            : path;
}
