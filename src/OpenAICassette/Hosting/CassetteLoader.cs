using System.Globalization;
using System.Management.Automation;
using OpenAICassette.Formats;

namespace OpenAICassette.Hosting;

/// <summary>Loads cassettes for a cmdlet and tells what went wrong.</summary>
internal static class CassetteLoader
{
    /// <summary>
    /// Loads the cassettes of files and folders in path order. Errors are reported in their place, and loading
    /// continues.
    /// </summary>
    /// <param name="reports">Receives errors and verbose text.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="recurse">Searches folders recursively.</param>
    /// <param name="stopping">Stops the loading.</param>
    /// <param name="anyText">True to load other texts too.</param>
    /// <param name="format">The format to read the files in; null for the one that their content shows.</param>
    public static IEnumerable<Cassette> Load(
        Reports reports,
        IEnumerable<ResolvedPath> paths,
        bool recurse,
        CancellationToken stopping,
        bool anyText = false,
        string? format = null
    )
    {
        var loads = Each(
            reports,
            paths,
            recurse,
            files => WithoutResult(CassetteStore.Load(files, stopping)),
            anyText,
            format
        );
        foreach (var (cassette, _) in Cassettes(reports, loads))
        {
            yield return cassette;
        }
    }

    /// <summary>Loads cassettes, and runs some work on each on all cores.</summary>
    /// <param name="reports">Receives errors and verbose text.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="recurse">Searches folders recursively.</param>
    /// <param name="work">The work on a cassette.</param>
    /// <param name="stopping">Stops the loading.</param>
    /// <param name="format">The format to read the files in; null for the one that their content shows.</param>
    public static IEnumerable<(Cassette Cassette, T Result)> Load<T>(
        Reports reports,
        IEnumerable<ResolvedPath> paths,
        bool recurse,
        Func<Cassette, CassetteFile, T> work,
        CancellationToken stopping,
        string? format = null
    ) =>
        Cassettes(
            reports,
            Each(reports, paths, recurse, files => CassetteStore.Load(files, work, stopping), anyText: false, format)
        );

    /// <summary>Loads the cassettes of files and folders with an operation of the engine on all of them.</summary>
    /// <param name="reports">Receives errors and verbose text.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="recurse">Searches folders recursively.</param>
    /// <param name="operation">The operation, which returns a result for each file that is a cassette.</param>
    /// <param name="anyText">True to load other texts too.</param>
    /// <param name="format">The format to read the files in; null for the one that their content shows.</param>
    public static IEnumerable<(Cassette Cassette, T Result)> Load<T>(
        Reports reports,
        IEnumerable<ResolvedPath> paths,
        bool recurse,
        Func<IEnumerable<CassetteFile>, IEnumerable<(CassetteLoad Load, T? Result)>> operation,
        bool anyText = false,
        string? format = null
    ) => Cassettes(reports, Each(reports, paths, recurse, operation, anyText, format));

    /// <summary>Loads as the other methods do, but also returns the files that cannot be read.</summary>
    public static IEnumerable<(CassetteLoad Load, T? Result)> LoadEach<T>(
        Reports reports,
        IEnumerable<ResolvedPath> paths,
        bool recurse,
        Func<Cassette, CassetteFile, T> work,
        CancellationToken stopping,
        bool anyText = false
    ) => Each(reports, paths, recurse, files => CassetteStore.Load(files, work, stopping), anyText);

    /// <summary>
    /// Returns loads of files that nothing else is done with. .NET has no compiled iterators for such pairs, so those
    /// of LINQ would be compiled while the first command runs.
    /// </summary>
    private static IEnumerable<(CassetteLoad Load, object? Result)> WithoutResult(IEnumerable<CassetteLoad> loads)
    {
        foreach (var load in loads)
        {
            yield return (load, null);
        }
    }

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
                foreach (var problem in cassette.Problems)
                {
                    reports.Error(Errors.Of(problem, load.File.Path));
                }
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
        bool anyText = false,
        string? format = null
    )
    {
        // Loading runs ahead on all cores, so the error of a path waits until earlier output is written.
        var ahead = new List<string>();
        foreach (var path in paths.Append(null))
        {
            if (path?.Path is { } file)
            {
                ahead.Add(file);
                continue;
            }

            string[] names = [.. ahead];
            var meter = new ProgressMeter(reports.Progress, () =>
                names.Sum(named => CassetteStore.Find(named, recurse).Count())
            );
            foreach (
                var (loaded, result) in load(
                    names
                        .SelectMany(named =>
                            anyText ? CassetteStore.FindText(named, recurse) : CassetteStore.Find(named, recurse)
                        )
                        .Select(found => format is null ? found : found with { Format = format })
                )
            )
            {
                meter.Add();
                if (loaded.SkippedBecause is { } reason)
                {
                    if (!loaded.IsScreened)
                    {
                        reports.Verbose(reason);
                    }
                }
                else
                {
                    yield return (loaded, result);
                }
            }

            if (meter.IsTold)
            {
                reports.Progress(null);
                reports.Verbose(string.Create(CultureInfo.InvariantCulture, $"{meter.Done} files were read"));
            }

            ahead.Clear();
            if (path?.Error is { } error)
            {
                reports.Error(error);
            }
        }
    }
}

/// <summary>Gets the receivers of errors, of skipped files and of progress.</summary>
/// <param name="Error">Receives errors.</param>
/// <param name="Verbose">Receives verbose text.</param>
/// <param name="Progress">Receives progress, and null at the end.</param>
internal sealed record Reports(Action<ErrorRecord> Error, Action<string> Verbose, Action<WorkProgress?> Progress);
