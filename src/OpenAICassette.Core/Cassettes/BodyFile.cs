namespace OpenAICassette.Cassettes;

/// <summary>Represents a body that was received into a temporary file, because it is large and not text.</summary>
/// <param name="Path">The temporary file, which becomes the sidecar of the recording.</param>
/// <param name="Sidecar">Its name as a sidecar, and its length.</param>
internal sealed record BodyFile(string Path, Sidecar Sidecar);
