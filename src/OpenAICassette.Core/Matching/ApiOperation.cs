using System.Text.RegularExpressions;

namespace OpenAICassette.Matching;

/// <summary>
/// What a path asks an API for, whatever stands before it: a host, a base path, a version that is written twice, as recorders do,
/// or an Azure deployment.
/// </summary>
/// <param name="Name">The operation, for example chat/completions or api/chat.</param>
/// <param name="Deployment">The model that the path itself names; null where it names none.</param>
internal readonly partial record struct ApiOperation(string Name, string? Deployment)
{
    /// <summary>The list of models.</summary>
    public const string Models = "models";

    private static readonly HashSet<string> s_openAI = new(StringComparer.Ordinal)
    {
        "chat", "completions", "embeddings", Models, "responses", "messages", "moderations", "images", "audio", "files", "batches",
        "fine_tuning", "assistants", "threads", "vector_stores", "rerank", "ranking", "interactions", "generate_content",
        "generate_content_stream", "embed_content",
    };

    private static readonly HashSet<string> s_ollama = new(StringComparer.Ordinal)
    {
        "chat", "generate", "embed", "embeddings", "tags", "ps", "show", "pull", "push", "create", "copy", "delete", "version",
    };

    /// <summary>True for the calls that list models.</summary>
    public bool IsModelList => Name is Models or "api/tags";

    /// <summary>True for the calls of an SDK that get a list and send nothing.</summary>
    public bool IsList => IsModelList || Name == "api/ps";

    /// <summary>Reads a path.</summary>
    /// <param name="path">The path without host and query.</param>
    public static ApiOperation Of(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);

        // A version is followed by what it is the version of; a model may be called v2.
        var start = Array.FindLastIndex(segments[..Math.Max(0, segments.Length - 1)], IsVersion) + 1;
        var named = Array.FindIndex(segments, start, segment => segment is "deployments" or "engines") + 1;
        string? deployment = null;
        if (named > 0 && named < segments.Length - 1)
        {
            deployment = Uri.UnescapeDataString(segments[named]);
            start = named + 1;
        }
        else if (start < segments.Length - 1 && segments[start] == "openai")
        {
            start++;
        }

        var known = Enumerable.Range(start, segments.Length - start).FirstOrDefault(at => IsKnown(segments.AsSpan(at)), start);
        return new ApiOperation(string.Join('/', segments[known..]), deployment);
    }

    /// <summary>True for a part of a path that names a version, for example v1 or v1beta.</summary>
    public static bool IsVersion(string segment) => Version().IsMatch(segment);

    private static bool IsKnown(ReadOnlySpan<string> segments)
        => s_openAI.Contains(segments[0]) || (segments is ["api", var call] && s_ollama.Contains(call));

    [GeneratedRegex("^v[0-9]+((alpha|beta)[0-9]*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
