using OpenAICassette.Cassettes;
using OpenAICassette.Formats;

namespace OpenAICassette.Scrubbing;

/// <summary>Finds and removes the secrets in the sidecars of a cassette that are text.</summary>
/// <param name="redactor">The rules and placeholders of the run.</param>
internal sealed class SidecarScrub(Redactor redactor)
{
    /// <summary>Finds the secrets.</summary>
    /// <exception cref="CassetteException">A sidecar is missing, or is not the one that was recorded.</exception>
    public IEnumerable<Finding> Find(Cassette cassette, CancellationToken cancellation) =>
        Texts(cassette, cancellation).SelectMany(text => redactor.Find(text.Content, cancellation));

    /// <summary>Reserves the placeholders that the sidecars already contain.</summary>
    /// <exception cref="CassetteException">A sidecar is missing, or is not the one that was recorded.</exception>
    public void Announce(Cassette cassette, CancellationToken cancellation)
    {
        foreach (var (_, content) in Texts(cassette, cancellation))
        {
            redactor.Announce(content, cancellation);
        }
    }

    /// <summary>Removes the secrets. Nothing is written yet.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="clean">The cassette without the secrets of its own bytes.</param>
    /// <param name="cancellation">Stops between sidecars.</param>
    /// <exception cref="CassetteException">A sidecar is missing, or is not the one that was recorded.</exception>
    public CleanSidecars Redact(Cassette cassette, Cassette clean, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var replaced = new Dictionary<string, Sidecar>(StringComparer.Ordinal);
        var contents = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var (sidecar, content) in Texts(cassette, cancellation))
        {
            var result = redactor.Redact(content, cancellation);
            if (result.Findings.Count > 0)
            {
                var bytes = result.Cassette.Read(cancellation);
                findings.AddRange(result.Findings);
                replaced[sidecar.Name] = Sidecar.Of(bytes.Span);
                contents[replaced[sidecar.Name].Name] = bytes;
            }
        }

        return replaced.Count == 0
            ? new CleanSidecars(clean, findings, contents, [])
            : new CleanSidecars(
                CassetteStore.Edited(clean, SidecarReferences.Replace(clean.Read(cancellation).Span, replaced)),
                findings,
                contents,
                [.. replaced.Keys]
            );
    }

    private static IEnumerable<(Sidecar Sidecar, Cassette Content)> Texts(
        Cassette cassette,
        CancellationToken cancellation
    )
    {
        if (CassetteFormats.ByName(cassette.Format) is not IRecordingFormat)
        {
            yield break;
        }

        var path = cassette.Path ?? cassette.SourcePath;
        foreach (var sidecar in SidecarReferences.In(cassette.Read(cancellation).Span))
        {
            cancellation.ThrowIfCancellationRequested();
            var content = sidecar.Read(path);
            if (PayloadContent.IsText(content))
            {
                var name = Path.Join(Path.GetDirectoryName(path), sidecar.Name);
                var file = new CassetteFile(name, name, Named: true) { AnyText = true };
                yield return (sidecar, FileLoader.OpenInMemory(file, content));
            }
        }
    }
}

/// <summary>Represents the sidecars of a cassette after their secrets were removed.</summary>
/// <param name="Cassette">The cassette, which names them.</param>
/// <param name="Findings">The secrets that were found.</param>
/// <param name="Contents">The content of new sidecars, by their names.</param>
/// <param name="Replaced">The names of those that had secrets.</param>
internal sealed record CleanSidecars(
    Cassette Cassette,
    IReadOnlyList<Finding> Findings,
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Contents,
    IReadOnlyList<string> Replaced
);
