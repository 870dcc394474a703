using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Turns the paths that a user writes into paths of the file system.</summary>
internal static class PathResolver
{
    private const string FileSystem = "FileSystem";

    /// <summary>The files and folders that paths stand for, in the order in which they were written.</summary>
    /// <param name="cmdlet">The cmdlet, for its location.</param>
    /// <param name="paths">The paths as written.</param>
    /// <param name="isLiteral">True when wildcards are ordinary characters.</param>
    public static IEnumerable<ResolvedPath> Resolve(PSCmdlet cmdlet, IEnumerable<string> paths, bool isLiteral) =>
        Resolve(cmdlet.SessionState.Path, paths, isLiteral);

    /// <summary>The files and folders that paths stand for, in the order in which they were written.</summary>
    /// <param name="location">The location of the session.</param>
    /// <param name="paths">The paths as written.</param>
    /// <param name="isLiteral">True when wildcards are ordinary characters.</param>
    public static IEnumerable<ResolvedPath> Resolve(
        PathIntrinsics location,
        IEnumerable<string> paths,
        bool isLiteral
    ) => paths.SelectMany(path => Resolve(location, path, isLiteral));

    /// <summary>The path to write to, which need not exist; another provider's ends the pipeline.</summary>
    public static string ResolveDestination(PSCmdlet cmdlet, string path)
    {
        var resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name != FileSystem)
        {
            cmdlet.ThrowTerminatingError(Errors.NotAFile(path, provider.Name));
        }

        return resolved;
    }

    private static IEnumerable<ResolvedPath> Resolve(PathIntrinsics location, string path, bool isLiteral)
    {
        try
        {
            ProviderInfo provider;
            IEnumerable<string> resolved = isLiteral
                ? [location.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)]
                : location.GetResolvedProviderPathFromPSPath(path, out provider);
            return provider.Name == FileSystem
                ? resolved.Select(file => new ResolvedPath(file, null))
                : [new ResolvedPath(null, Errors.NotAFile(path, provider.Name))];
        }
        catch (WildcardPatternException e)
        {
            return [new ResolvedPath(null, Errors.NotAPattern(path, "Use -LiteralPath for a file of that name.", e))];
        }
        catch (Exception e) when (e is SessionStateException or ArgumentException)
        {
            return [new ResolvedPath(null, Errors.NotFound(path, e))];
        }
    }
}

/// <summary>A path of the file system, or why a path that was written leads to none.</summary>
/// <param name="Path">The path; null when there is an error.</param>
/// <param name="Error">The error; null when there is a path.</param>
internal readonly record struct ResolvedPath(string? Path, ErrorRecord? Error);
