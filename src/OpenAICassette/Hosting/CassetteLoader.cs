using System.Management.Automation;
using OpenAICassette.Formats;

namespace OpenAICassette.Hosting;

/// <summary>Loads cassettes for a cmdlet and tells it what went wrong.</summary>
internal static class CassetteLoader
{
    /// <summary>The cassettes of files and folders, in path order. Errors come in their place, and the others go on.</summary>
    /// <param name="cmdlet">The cmdlet, for its errors and verbose text.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="recurse">Whether to search folders with all below.</param>
    /// <param name="stopping">Stops the loading.</param>
    public static IEnumerable<Cassette> Load(Cmdlet cmdlet, IEnumerable<ResolvedPath> paths, bool recurse, CancellationToken stopping)
        => Cassettes(cmdlet, Each(cmdlet, paths, recurse, files => CassetteStore.Load(files, stopping).Select(load => (load, true))))
            .Select(load => load.Cassette);

    /// <summary>The cassettes of files and folders, and the result of some work on each that is done on all cores.</summary>
    /// <param name="cmdlet">The cmdlet, for its errors and verbose text.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="recurse">Whether to search folders with all below.</param>
    /// <param name="work">The work on a cassette.</param>
    /// <param name="stopping">Stops the loading.</param>
    public static IEnumerable<(Cassette Cassette, T Result)> Load<T>(
        Cmdlet cmdlet, IEnumerable<ResolvedPath> paths, bool recurse, Func<Cassette, CassetteFile, T> work, CancellationToken stopping)
        => Cassettes(cmdlet, LoadEach(cmdlet, paths, recurse, work, stopping));

    /// <summary>As <see cref="Load{T}"/>, but gives files that cannot be read too.</summary>
    public static IEnumerable<(CassetteLoad Load, T? Result)> LoadEach<T>(
        Cmdlet cmdlet, IEnumerable<ResolvedPath> paths, bool recurse, Func<Cassette, CassetteFile, T> work, CancellationToken stopping)
        => Each(cmdlet, paths, recurse, files => CassetteStore.Load(files, work, stopping));

    private static IEnumerable<(Cassette Cassette, T Result)> Cassettes<T>(Cmdlet cmdlet, IEnumerable<(CassetteLoad Load, T? Result)> loads)
    {
        foreach (var (load, result) in loads)
        {
            if (load.Cassette is { } cassette)
            {
                yield return (cassette, result!);
            }
            else
            {
                cmdlet.WriteError(Errors.Of(load.Error!, load.File.Path));
            }
        }
    }

    private static IEnumerable<(CassetteLoad Load, T? Result)> Each<T>(
        Cmdlet cmdlet, IEnumerable<ResolvedPath> paths, bool recurse, Func<IEnumerable<CassetteFile>, IEnumerable<(CassetteLoad Load, T? Result)>> load)
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

            foreach (var (loaded, result) in load(ahead.SelectMany(named => CassetteStore.Find(named, recurse))))
            {
                if (loaded.SkippedBecause is { } reason)
                {
                    cmdlet.WriteVerbose(reason);
                }
                else
                {
                    yield return (loaded, result);
                }
            }

            ahead.Clear();
            if (path.Error is { } error)
            {
                cmdlet.WriteError(error);
            }
        }
    }
}
