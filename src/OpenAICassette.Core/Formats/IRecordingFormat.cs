using OpenAICassette.Cassettes;

namespace OpenAICassette.Formats;

/// <summary>Represents the format that new recordings are written in. It decides what a recording is called.</summary>
internal interface IRecordingFormat
{
    /// <summary>
    /// Gets the names of the request headers in which clients name their test, the preferred one first.
    /// </summary>
    IReadOnlyList<string> TestHeaders { get; }

    /// <summary>Returns the id of the test in the value of such a header; null if it has none.</summary>
    string? TestIdIn(string headerValue);

    /// <summary>Writes an exchange.</summary>
    /// <param name="draft">The exchange.</param>
    /// <param name="replays">Returns how well a replay of an interaction gives the client what it saw.</param>
    /// <param name="scrub">Removes the secrets from bytes that are not text before they are encoded, and from JSON.</param>
    /// <param name="save">
    /// Takes the content of each sidecar, whose secrets are removed; null to keep large bodies in the recording.
    /// </param>
    /// <returns>The recording in memory, with its file name.</returns>
    Cassette Write(
        ExchangeDraft draft,
        Func<Interaction, ReplayFidelity> replays,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub,
        Action<Sidecar, ReadOnlyMemory<byte>>? save
    );

    /// <summary>Opens a recording in memory and computes its file name.</summary>
    /// <param name="document">The recording's bytes.</param>
    Cassette Open(ReadOnlyMemory<byte> document);

    /// <summary>Returns the path of a recording below the folder of all recordings, with forward slashes.</summary>
    /// <param name="recording">The recording.</param>
    string PathOf(Cassette recording);

    /// <summary>Returns the path of a later recording of the same request.</summary>
    /// <param name="path">The path of the first one.</param>
    /// <param name="ordinal">Its ordinal, from 1; 1 returns the same path.</param>
    string PathOf(string path, int ordinal);

    /// <summary>Returns the bytes of a recording with another ordinal.</summary>
    /// <param name="document">The recording's bytes.</param>
    /// <param name="ordinal">The ordinal, from 1.</param>
    byte[] WithOrdinal(ReadOnlyMemory<byte> document, int ordinal);
}
