namespace OpenAICassette;

/// <summary>Represents the result of removing secrets from a cassette.</summary>
/// <param name="Cassette">
/// The clean cassette, in memory and not yet written; the original cassette if nothing was found.
/// </param>
/// <param name="Findings">The secrets that were found and replaced.</param>
public sealed record RedactionResult(Cassette Cassette, IReadOnlyList<Finding> Findings)
{
    /// <summary>Returns whether the file was named by the key of its request and the request changed.</summary>
    /// <param name="original">The original cassette.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public bool LosesKey(Cassette original)
    {
        ArgumentNullException.ThrowIfNull(original);
        return Findings.Count > 0 && IsNamedByKey(original) == true && IsNamedByKey(Cassette) == false;
    }

    /// <summary>Returns whether a key gives the file its name; null for a format without keys.</summary>
    private static bool? IsNamedByKey(Cassette cassette) =>
        cassette.Interactions is [var only] && only.Extension<RecordingEnvelope>() is { } recording
            ? recording.KeyAlgorithms.Count > 0
            : null;
}
