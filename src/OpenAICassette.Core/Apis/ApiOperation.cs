using System.Text.RegularExpressions;

namespace OpenAICassette.Apis;

/// <summary>
/// What a path asks an API for, whatever stands before it: a host, a base path, a version that is written twice, as
/// recorders do, or an Azure deployment.
/// </summary>
/// <param name="Name">The operation, for example chat/completions or api/chat.</param>
/// <param name="Deployment">The model that the path itself names; null where it names none.</param>
internal readonly partial record struct ApiOperation(string Name, string? Deployment)
{
    /// <summary>The family whose operation it is; the default family for an unknown one.</summary>
    public IApiFamily Family => ApiFamilies.Identify(Name.Split('/')).Family;

    /// <summary>What the family calls it, for example openai-chat; null for an unknown one.</summary>
    public string? Api => ApiFamilies.Identify(Name.Split('/')).Api;

    /// <summary>Gets whether a model answers the call; other calls keep files, list things or tune models.</summary>
    public bool IsGeneration => Api is { } api && !api.EndsWith("-other", StringComparison.Ordinal);

    /// <summary>Gets the model that the path names, as a deployment or in the operation; null if it names none.</summary>
    public string? Model =>
        Deployment ?? (Family.FindModel(Name.Split('/')) is { } model ? Uri.UnescapeDataString(model) : null);

    /// <summary>True for the calls that list models.</summary>
    public bool IsModelList => Array.IndexOf(ApiFamilies.ModelListOperations, Name) >= 0;

    /// <summary>Gets whether SDKs get a list by the call and send nothing.</summary>
    public bool IsList => IsModelList || Name == "api/ps";

    /// <summary>Reads a path.</summary>
    /// <param name="path">The path without host and query.</param>
    public static ApiOperation Of(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);

        // A version is followed by what it is the version of; a model may be called v2.
        var start = Array.FindLastIndex(segments[..Math.Max(0, segments.Length - 1)], IsVersion) + 1;
        var named = FirstModel(segments, start);
        string? deployment = null;
        if (named >= 0)
        {
            deployment = Uri.UnescapeDataString(segments[named + 1]);
            start = named + 2;
        }
        else if (start < segments.Length - 1 && segments[start] == "openai")
        {
            start++;
        }

        return new ApiOperation(string.Join('/', segments[FirstKnown(segments, start)..]), deployment);
    }

    /// <summary>True for a part of a path that names a version, for example v1 or v1beta.</summary>
    public static bool IsVersion(string segment) => Version().IsMatch(segment);

    /// <summary>Returns the index of the segment before the model's; -1 where the path names no model.</summary>
    private static int FirstModel(string[] segments, int start)
    {
        for (var at = start; at < segments.Length; at++)
        {
            foreach (var family in ApiFamilies.All)
            {
                if (family.NamesModel(segments.AsSpan(at)))
                {
                    return at;
                }
            }
        }

        return -1;
    }

    /// <summary>Returns the index from which on the path is a known operation; the start where it nowhere is.</summary>
    private static int FirstKnown(string[] segments, int start)
    {
        for (var at = start; at < segments.Length; at++)
        {
            if (ApiFamilies.Identify(segments.AsSpan(at)).Api is not null)
            {
                return at;
            }
        }

        return start;
    }

    [GeneratedRegex("^v[0-9]+((alpha|beta)[0-9]*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
