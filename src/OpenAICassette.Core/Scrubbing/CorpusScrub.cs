using OpenAICassette.Formats;

namespace OpenAICassette.Scrubbing;

/// <summary>
/// Finds or removes the secrets of many cassettes. One object is one run: a value gets the same placeholder in all of
/// them.
/// </summary>
/// <param name="redactor">The rules and placeholders of the run.</param>
/// <param name="options">What to do with the results.</param>
internal sealed class CorpusScrub(Redactor redactor, ScrubOptions options)
{
    private readonly SidecarScrub _sidecars = new(redactor);
    private bool _isAnnounced;

    /// <summary>
    /// Searches files on all cores, and scrubs those with secrets one by one, so that placeholders are numbered in path
    /// order.
    /// </summary>
    /// <param name="files">The files, as <see cref="CassetteStore.FindText"/> returns them.</param>
    /// <param name="cancellation">Stops before the next file is written.</param>
    /// <returns>
    /// Each file in the given order as soon as it is done, and the result for those that could be searched.
    /// </returns>
    /// <exception cref="OperationCanceledException">The scrub was stopped.</exception>
    public IEnumerable<(CassetteLoad Load, ScrubResult? Result)> Run(
        IEnumerable<CassetteFile> files,
        CancellationToken cancellation
    )
    {
        foreach (
            var (load, findings) in CassetteStore.Lend(
                files,
                (cassette, _) => Find(cassette, cancellation),
                cancellation
            )
        )
        {
            if (load.Cassette is not { } cassette)
            {
                yield return (load, null);
                continue;
            }

            if (findings is { Count: > 0 } && !options.IsDryRun)
            {
                Announce(load.File, cancellation);
            }

            yield return (load, Scrub(cassette, findings, cancellation));
        }
    }

    /// <summary>Scrubs one cassette.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="cancellation">Stops before the file is written.</param>
    /// <exception cref="OperationCanceledException">The scrub was stopped.</exception>
    public ScrubResult Scrub(Cassette cassette, CancellationToken cancellation) =>
        Scrub(cassette, findings: null, cancellation);

    private ScrubResult Scrub(Cassette cassette, IReadOnlyList<Finding>? findings, CancellationToken cancellation)
    {
        var result = new ScrubResult(cassette);
        try
        {
            result = Clean(result, findings, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return result with { Error = ErrorOf(cassette, e) };
        }

        // What the caller throws here stops the run and is not the file's error.
        if (options.IsDryRun || options.Approve?.Invoke(result) == false)
        {
            return result;
        }

        try
        {
            return result with { Saved = Save(result, cancellation) };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return result with { Error = ErrorOf(cassette, e) };
        }
    }

    private ScrubResult Clean(ScrubResult result, IReadOnlyList<Finding>? findings, CancellationToken cancellation)
    {
        var cassette = result.Original;
        if (options.IsDryRun)
        {
            return result with { Findings = findings ?? Find(cassette, cancellation) };
        }

        var redaction = findings is { Count: 0 }
            ? new RedactionResult(cassette, findings)
            : redactor.Redact(cassette, cancellation);
        var sidecars = findings is { Count: 0 } ? null : _sidecars.Redact(cassette, redaction.Cassette, cancellation);
        if (sidecars is not null)
        {
            redaction = new RedactionResult(sidecars.Cassette, [.. redaction.Findings, .. sidecars.Findings]);
        }

        var file = options.InPlace ? cassette.Path ?? cassette.SourcePath : null;
        var target = options.Destination?.TargetOf(cassette) ?? file;
        return target is null && sidecars is { Replaced.Count: > 0 }
            ? throw new CassetteException(
                CassetteError.CassetteNotWritten,
                cassette.Path ?? cassette.Name,
                $"not scrubbed: the file {sidecars.Replaced[0]} beside it has secrets; scrub in place or to a destination"
            )
            : result with
            {
                Clean = redaction.Cassette,
                Findings = redaction.Findings,
                Sidecars = sidecars,
                LosesKey = redaction.LosesKey(cassette),
                Target = target,
                Saved = options.InPlace && redaction.Cassette.Saved ? redaction.Cassette : null,
            };
    }

    private IReadOnlyList<Finding> Find(Cassette cassette, CancellationToken cancellation)
    {
        var findings = redactor.Find(cassette, cancellation);
        return [.. findings, .. _sidecars.Find(cassette, cancellation)];
    }

    private Cassette? Save(ScrubResult result, CancellationToken cancellation)
    {
        Cassette saved;
        if (result is { Sidecars: { Contents.Count: > 0 } sidecars, Target: { } target })
        {
            SidecarFiles.Write(target, sidecars.Contents);
        }

        if (options.Destination is { } destination)
        {
            saved = destination.Write(result.Clean, cancellation);
        }
        else if (options.InPlace && result.Saved is null && (result.Target is not null || result.Findings.Count > 0))
        {
            saved = CassetteStore.Replace(result.Original, result.Clean, cancellation);
            SidecarFiles.RemoveUnused(saved.Path!, result.Sidecars?.Replaced ?? []);
        }
        else
        {
            return result.Saved;
        }

        return options.UpdateKey && result.LosesKey ? CassetteRepair.UpdateKey(saved, cancellation) : saved;
    }

    /// <summary>Reserves the placeholders that other files of the run contain, before the first one is given.</summary>
    private void Announce(CassetteFile current, CancellationToken cancellation)
    {
        if (_isAnnounced)
        {
            return;
        }

        // The current file reserves its own; reading it again could wait for ever if it is a pipe.
        _isAnnounced = true;
        foreach (var load in CassetteStore.Load(options.Corpus.Where(file => file != current), cancellation))
        {
            options.Reading?.Invoke();
            try
            {
                if (load.Cassette is { } cassette)
                {
                    redactor.Announce(cassette, cancellation);
                    _sidecars.Announce(cassette, cancellation);
                }
            }
            catch (CassetteException)
            {
                // The run reports the file when its turn comes.
            }
        }
    }

    private static CassetteException ErrorOf(Cassette cassette, Exception e) =>
        CassetteException.Of(e, cassette.Path ?? cassette.Name);
}
