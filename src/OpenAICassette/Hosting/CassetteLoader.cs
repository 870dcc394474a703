using System.Management.Automation;
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
    public static IEnumerable<Cassette> Load(Cmdlet cmdlet, IEnumerable<string> paths, bool recurse, CancellationToken stopping)
    {
        var files = paths.SelectMany(path => CassetteStore.Find(path, recurse));
        foreach (var load in CassetteStore.Load(files, stopping))
        {
            if (load.Cassette is { } cassette)
            {
                yield return cassette;
            }
            else if (load.Error is { } error)
            {
                cmdlet.WriteError(Errors.Of(error, load.File.Path));
            }
            else
            {
                cmdlet.WriteVerbose(load.SkippedBecause);
            }
        }
    }
}
