using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Loads cassettes for a cmdlet and tells what went wrong.</summary>
internal static class CassetteLoader
{
    /// <summary>
    /// The cassettes of files and folders, in path order. Errors come in their place, and the others go on.
    /// </summary>
    /// <param name="reports">Takes errors and verbose text.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="recurse">Whether to search folders with all below.</param>
    /// <param name="stopping">Stops the loading.</param>
    /// <param name="anyText">Whether other texts than cassettes will do.</param>
    public static IEnumerable<Cassette> Load(
        Reports reports,
        IEnumerable<ResolvedPath> paths,
        bool recurse,
        CancellationToken stopping,
        bool anyText = false
    ) =>
        Cassettes(
                reports,
                Each(
                    reports,
                    paths,
                    recurse,
                    files => CassetteStore.Load(files, stopping).Select(load => (load, true)),
                    anyText
                )
            )
            .Select(load => load.Cassette);

    /// <summary>
    /// The cassettes of files and folders, and the result of some work on each that is done on all cores.
    /// </summary>
    /// <param name="reports">Takes errors and verbose text.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="recurse">Whether to search folders with all below.</param>
    /// <param name="work">The work on a cassette.</param>
    /// <param name="stopping">Stops the loading.</param>
    /// <param name="anyText">Whether other texts than cassettes will do.</param>
    public static IEnumerable<(Cassette Cassette, T Result)> Load<T>(
        Reports reports,
        IEnumerable<ResolvedPath> paths,
        bool recurse,
        Func<Cassette, CassetteFile, T> work,
        CancellationToken stopping,
        bool anyText = false
    ) => Cassettes(reports, LoadEach(reports, paths, recurse, work, stopping, anyText));

    /// <summary>Loads the cassettes of files and folders with an operation of the engine on all of them.</summary>
    /// <param name="reports">Takes errors and verbose text.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="recurse">Whether to search folders with all below.</param>
    /// <param name="operation">The operation, which returns a result for each file that is a cassette.</param>
    /// <param name="anyText">Whether other texts than cassettes will do.</param>
    public static IEnumerable<(Cassette Cassette, T Result)> Load<T>(
        Reports reports,
        IEnumerable<ResolvedPath> paths,
        bool recurse,
        Func<IEnumerable<CassetteFile>, IEnumerable<(CassetteLoad Load, T? Result)>> operation,
        bool anyText = false
    ) => Cassettes(reports, Each(reports, paths, recurse, operation, anyText));

    /// <summary>Loads as the other methods do, but also returns the files that cannot be read.</summary>
    public static IEnumerable<(CassetteLoad Load, T? Result)> LoadEach<T>(
        Reports reports,
        IEnumerable<ResolvedPath> paths,
        bool recurse,
        Func<Cassette, CassetteFile, T> work,
        CancellationToken stopping,
        bool anyText = false
    ) => Each(reports, paths, recurse, files => CassetteStore.Load(files, work, stopping), anyText);

    private static IEnumerable<(Cassette Cassette, T Result)> Cassettes<T>(
        Reports reports,
        IEnumerable<(CassetteLoad Load, T? Result)> loads
    )
    {
        foreach (var (load, result) in loads)
        {
            if (load.Cassette is { } cassette)
            {
                yield return (cassette, result!);
            }
            else
            {
                reports.Error(Errors.Of(load.Error!, load.File.Path));
            }
        }
    }

    private static IEnumerable<(CassetteLoad Load, T? Result)> Each<T>(
        Reports reports,
        IEnumerable<ResolvedPath> paths,
        bool recurse,
        Func<IEnumerable<CassetteFile>, IEnumerable<(CassetteLoad Load, T? Result)>> load,
        bool anyText = false
    )
    {
        // Loading runs ahead on all cores, so a path's error waits until what was written before it is done.
        var ahead = new List<string>();
        foreach (var path in paths.Append(default))
        {
            if (path.Path is { } file)
            {
                ahead.Add(file);
                continue;
            }

            foreach (
                var (loaded, result) in load(
                    ahead.SelectMany(named =>
                        anyText ? CassetteStore.FindText(named, recurse) : CassetteStore.Find(named, recurse)
                    )
                )
            )
            {
                if (loaded.SkippedBecause is { } reason)
                {
                    reports.Verbose(reason);
                }
                else
                {
                    yield return (loaded, result);
                }
            }

            ahead.Clear();
            if (path.Error is { } error)
            {
                reports.Error(error);
            }
        }
    }
}

/// <summary>Where loading tells what went wrong and what it passed over.</summary>
/// <param name="Error">Takes errors.</param>
/// <param name="Verbose">Takes verbose text.</param>
internal sealed record Reports(Action<ErrorRecord> Error, Action<string> Verbose);
