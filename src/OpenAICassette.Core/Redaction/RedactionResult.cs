namespace OpenAICassette;

/// <summary>What became of a cassette whose secrets were removed.</summary>
/// <param name="Cassette">The clean cassette, in memory and not yet written; the cassette itself when nothing was found.</param>
/// <param name="Findings">What was found and replaced.</param>
public sealed record RedactionResult(Cassette Cassette, IReadOnlyList<Finding> Findings)
{
    /// <summary>True when the file was named by the key of its request, and the request changed.</summary>
    /// <param name="original">The cassette before.</param>
    /// <exception cref="CassetteException">The file cannot be read any more, or has changed since it was listed.</exception>
    public bool LosesKey(Cassette original)
    {
        ArgumentNullException.ThrowIfNull(original);
        return Findings.Count > 0 && IsNamedByKey(original) == true && IsNamedByKey(Cassette) == false;
    }

    /// <summary>Returns whether a key gives the file its name; null for a format without keys.</summary>
    private static bool? IsNamedByKey(Cassette cassette)
        => cassette.Interactions is [var only] && only.Extension<RecordingEnvelope>() is { } recording
            ? recording.KeyAlgorithms.Count > 0
            : null;
}
