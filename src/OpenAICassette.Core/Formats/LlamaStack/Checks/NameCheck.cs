using System.Text;

namespace OpenAICassette.Formats.LlamaStack.Checks;

/// <summary>Checks whether the recorder can find a recording: its name, its folder, and the ids made of its key.</summary>
internal static class NameCheck
{
    private const string Rename = "Repair-Cassette renames it to its current key";

    /// <summary>Returns the problems of a recording's name and folder.</summary>
    public static IEnumerable<HealthFinding> Check(
        Cassette cassette,
        Interaction interaction,
        JsonValue root,
        string path
    )
    {
        var name = new RecordingName(cassette.Name);
        if (interaction.Extension<RecordingEnvelope>() is not { } recording)
        {
            yield break;
        }

        if (name.Key is not null && recording.HasCurrentName)
        {
            // The recorder finds it.
        }
        else if (name.Key is null && recording.IsOwn)
        {
            // OpenAICassette names its recordings after tests, and finds them by their requests.
        }
        else if (name.Key is null)
        {
            yield return new(
                HealthId.NameNotKey,
                HealthSeverity.Warning,
                path,
                string.Empty,
                "the file is not named by a key, so its recorder cannot find it",
                recording.Key is null ? null : Rename
            );
        }
        else if (recording.KeyAlgorithms is not [.., var newest])
        {
            var why = recording.Key is null
                ? "the recording does not contain everything its name was computed from"
                : "no algorithm of the recorder produces this name";
            yield return new(
                HealthId.KeyUnknown,
                HealthSeverity.Error,
                path,
                string.Empty,
                $"{why}, so the recorder cannot find it",
                recording.Key is null ? null : Rename
            );
        }
        else if (newest is not (KeyAlgorithm.H7 or KeyAlgorithm.Http6 or KeyAlgorithm.Tool))
        {
            var names = string.Join(
                ", ",
                recording.KeyAlgorithms.Select(algorithm => algorithm.ToString().ToLowerInvariant())
            );
            yield return new(
                HealthId.KeySuperseded,
                HealthSeverity.Error,
                path,
                string.Empty,
                $"only superseded algorithms produce this name ({names}), so the recorder can no longer find it",
                Rename
            );
        }

        if (name.Digest is { } digest && !ModelDigest.Matches(interaction.Response.Values, digest))
        {
            yield return new(
                HealthId.ModelDigest,
                HealthSeverity.Warning,
                path,
                "/response/body",
                "the digest in the name does not match the listed models",
                Rename
            );
        }

        // OpenAICassette records ids as the service sent them, even if the service itself replayed a recording.
        if (name.Key is { } key && !recording.IsOwn)
        {
            var end = Encoding.ASCII.GetBytes(key[..RecordingName.ShortLength] + '"');
            foreach (var typed in TypedObject.Of(root["response"]["body"]))
            {
                if (typed.Id is { Exists: true } id && !id.Tree.Bytes(id.Row).EndsWith(end))
                {
                    yield return new(
                        HealthId.ResponseId,
                        HealthSeverity.Warning,
                        path,
                        $"{typed.Pointer}/__data__/id",
                        "the response id was computed from another key than the file's name",
                        "Repair-Cassette updates it"
                    );
                    break;
                }
            }
        }

        if (
            cassette.Path is not null
            && RecordingFolder.Of(interaction.TestId) is { } directory
            && !IsIn(cassette.Path, directory)
        )
        {
            yield return new(
                HealthId.Directory,
                HealthSeverity.Warning,
                path,
                "/test_id",
                $"the test's id implies a directory that ends in {directory}",
                "move the file there"
            );
        }
    }

    private static bool IsIn(string path, string directory) =>
        $"/{Path.GetDirectoryName(path)!.Replace('\\', '/')}".EndsWith($"/{directory}", StringComparison.Ordinal);
}
