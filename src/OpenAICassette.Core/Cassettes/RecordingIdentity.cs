namespace OpenAICassette;

/// <summary>By what a recorder finds a recording again.</summary>
/// <param name="Key">The key of the request under the algorithm now in force; null where the recording does not hold all that is hashed.</param>
/// <param name="KeyAlgorithms">The algorithms that reproduce the file's name, oldest first; none when it is not (or no longer) named so.</param>
/// <param name="Era">The eras of the recorder that write such a file, for example E4 or E0-E2.</param>
public sealed record RecordingIdentity(string? Key, IReadOnlyList<KeyAlgorithm> KeyAlgorithms, string Era);
