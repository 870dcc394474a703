using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Turns the paths that a user writes into paths of the file system.</summary>
internal static class PathResolver
{
    private const string FileSystem = "FileSystem";

    /// <summary>The files and folders that paths stand for; what cannot be resolved is written as an error and passed over.</summary>
    /// <param name="cmdlet">The cmdlet, for its location and its errors.</param>
    /// <param name="paths">The paths as written.</param>
    /// <param name="isLiteral">True when wildcards are ordinary characters.</param>
    public static IEnumerable<string> Resolve(PSCmdlet cmdlet, IEnumerable<string> paths, bool isLiteral)
    {
        foreach (var path in paths)
        {
            foreach (var resolved in Resolve(cmdlet, path, isLiteral))
            {
                yield return resolved;
            }
        }
    }

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

    private static IList<string> Resolve(PSCmdlet cmdlet, string path, bool isLiteral)
    {
        try
        {
            ProviderInfo provider;
            IList<string> resolved = isLiteral
                ? [cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)]
                : cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider);
            if (provider.Name == FileSystem)
            {
                return resolved;
            }

            cmdlet.WriteError(Errors.NotAFile(path, provider.Name));
        }
        catch (SessionStateException e)
        {
            cmdlet.WriteError(Errors.NotFound(path, e));
        }

        return [];
    }
}
