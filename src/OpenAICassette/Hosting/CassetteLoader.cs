using System.Management.Automation;
using OpenAICassette.Conversations;
using OpenAICassette.Formats;

namespace OpenAICassette.Hosting;

/// <summary>Loads cassettes for a cmdlet and tells it what went wrong.</summary>
internal static class CassetteLoader
{
    /// <summary>The cassettes of files and folders, in path order.</summary>
    /// <param name="cmdlet">The cmdlet, for its errors and verbose text.</param>
    /// <param name="paths">Paths of the file system.</param>
    /// <param name="recurse">Whether to search folders with all below.</param>
    /// <param name="stopping">Stops the loading.</param>
    /// <param name="filter">Which cassettes are wanted; null for all.</param>
    public static IEnumerable<Cassette> Load(
        Cmdlet cmdlet, IEnumerable<string> paths, bool recurse, CancellationToken stopping, CassetteFilter? filter = null)
    {
        var files = paths.SelectMany(path => CassetteStore.Find(path, recurse));
        foreach (var (load, isWanted) in Load(files, filter ?? new CassetteFilter(), stopping))
        {
            if (load.Error is { } error)
            {
                cmdlet.WriteError(Errors.Of(error, load.File.Path));
            }
            else if (load.Cassette is null)
            {
                cmdlet.WriteVerbose(load.SkippedBecause);
            }
            else if (isWanted)
            {
                yield return load.Cassette;
            }
        }
    }

    /// <summary>What is said and called is looked up where the file is being read anyway, on all cores.</summary>
    private static IEnumerable<(CassetteLoad Load, bool IsWanted)> Load(IEnumerable<CassetteFile> files, CassetteFilter filter, CancellationToken stopping)
        => filter.NeedsContent
            ? CassetteStore.Load(files, (cassette, _) => filter.Includes(cassette), stopping)
            : CassetteStore.Load(files, stopping).Select(load => (load, load.Cassette is { } cassette && filter.Includes(cassette)));
}
