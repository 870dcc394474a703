using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Resolves the paths that a user specifies.</summary>
internal static class PathResolver
{
    private const string FileSystem = "FileSystem";

    /// <summary>Returns the files and folders of paths, in the specified order.</summary>
    /// <param name="cmdlet">The cmdlet, for its location.</param>
    /// <param name="paths">The specified paths.</param>
    /// <param name="isLiteral">True if wildcards are ordinary characters.</param>
    public static IEnumerable<ResolvedPath> Resolve(PSCmdlet cmdlet, IEnumerable<string> paths, bool isLiteral) =>
        Resolve(cmdlet.SessionState.Path, paths, isLiteral);

    /// <summary>Returns the files and folders of paths, in the specified order.</summary>
    /// <param name="location">The location of the session.</param>
    /// <param name="paths">The specified paths.</param>
    /// <param name="isLiteral">True if wildcards are ordinary characters.</param>
    public static IEnumerable<ResolvedPath> Resolve(
        PathIntrinsics location,
        IEnumerable<string> paths,
        bool isLiteral
    ) => paths.SelectMany(path => Resolve(location, path, isLiteral));

    /// <summary>
    /// Returns the path to write to, which need not exist. A path of another provider ends the pipeline.
    /// </summary>
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

/// <summary>
/// Represents a path of the file system, or the error of a path that cannot be resolved. For a value, .NET would
/// compile lists and iterators while they run.
/// </summary>
/// <param name="Path">The path; null if there is an error.</param>
/// <param name="Error">The error; null if there is a path.</param>
internal sealed record ResolvedPath(string? Path, ErrorRecord? Error);
