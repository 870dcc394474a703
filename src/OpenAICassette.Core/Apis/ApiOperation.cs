using System.Text.RegularExpressions;
using OpenAICassette.Text;

namespace OpenAICassette.Apis;

/// <summary>
/// What a path asks an API for, whatever stands before it: a host, a base path, a version that is written twice, as
/// recorders do, or an Azure deployment.
/// </summary>
/// <param name="Name">The operation, for example chat/completions or api/chat.</param>
/// <param name="Deployment">The model that the path itself names; null where it names none.</param>
/// <param name="Family">The family whose operation it is; the default family for an unknown one.</param>
/// <param name="Api">What the family calls it, for example openai-chat; null for an unknown one.</param>
internal readonly partial record struct ApiOperation(string Name, string? Deployment, IApiFamily Family, string? Api)
{
    /// <summary>What a WebSocket session is called, whatever the service.</summary>
    private const string WebSocketApi = "websocket";

    private const string OpenAISegment = "openai";

    private static readonly Memo<Call, KnownCall> s_known = new(call => new KnownCall(
        Read(call.Path, call.Method, call.Host)
    ));

    /// <summary>Gets whether a model answers the call; other calls keep files, list things or tune models.</summary>
    public bool IsGeneration => Api is not null && Family.Generates(Api);

    /// <summary>Gets the model that the path names, as a deployment or in the operation; null if none.</summary>
    public string? Model =>
        Deployment ?? (Family.FindModel(Name.Split('/')) is { } model ? Uri.UnescapeDataString(model) : null);

    /// <summary>Gets whether the call lists models.</summary>
    public bool IsModelList => Array.IndexOf(ApiFamilies.ModelListOperations, Name) >= 0;

    /// <summary>Gets whether SDKs get a list by the call and send nothing.</summary>
    public bool IsList => IsModelList || Name == "api/ps";

    /// <summary>Reads the call that an interaction recorded.</summary>
    public static ApiOperation Of(Interaction interaction) =>
        Of(interaction.Endpoint ?? string.Empty, interaction.Method, interaction.Url);

    /// <summary>Reads a path.</summary>
    /// <param name="path">The path without host and query.</param>
    /// <param name="method">The HTTP method; null if it is not known.</param>
    /// <param name="url">The URL, whose host may say which service is asked; null if it is not known.</param>
    public static ApiOperation Of(string path, string? method = null, string? url = null) =>
        s_known.Of(new Call(path, method, url is null ? null : UrlText.HostOf(url))).Operation;

    private static ApiOperation Read(string path, string? method, string? host)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (method == ExchangeDraft.WebSocketMethod)
        {
            return new ApiOperation(string.Join('/', segments), null, ApiFamilies.Default, WebSocketApi);
        }

        // A version is followed by what it is the version of; a model may be called v2.
        var start = Array.FindLastIndex(segments[..Math.Max(0, segments.Length - 1)], IsVersion) + 1;
        var isVersioned = start > 0;
        var named = FirstModel(segments, start);
        string? deployment = null;
        if (named >= 0)
        {
            deployment = Uri.UnescapeDataString(segments[named + 1]);
            start = named + 2;
        }
        else if (start < segments.Length - 1 && segments[start] == OpenAISegment)
        {
            start++;
        }

        var (at, family, api) = FirstKnown(segments, start, isVersioned, method);
        // Below this segment, hosts of other services follow OpenAI's API.
        var follows = Array.IndexOf(segments, OpenAISegment) >= 0;
        if (!follows && host is not null && ApiFamilies.OwnerOf(host) is { } owner)
        {
            (family, api) = OfHost(host, owner, family, api);
        }

        return new ApiOperation(string.Join('/', segments[at..]), deployment, family, api);
    }

    /// <summary>Returns whether a part of a path names a version, for example v1 or v1beta.</summary>
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

    /// <summary>
    /// Returns the index from which on the path is a known operation, and what it is; the start where it nowhere is.
    /// </summary>
    private static (int At, IApiFamily Family, string? Api) FirstKnown(
        string[] segments,
        int start,
        bool isVersioned,
        string? method
    )
    {
        for (var at = start; at < segments.Length; at++)
        {
            var (family, api) = ApiFamilies.Identify(segments.AsSpan(at), method);

            // Words such as files and batches say little where they do not follow the version.
            var isVague = family == ApiFamilies.Default && api is not null && IsOther(api);
            if (api is not null && (at == start || !isVersioned || !isVague))
            {
                return (at, family, api);
            }
        }

        return (start, ApiFamilies.Default, null);
    }

    /// <summary>Returns the family and the name of a call to a host of a known service.</summary>
    private static (IApiFamily Family, string? Api) OfHost(
        string host,
        IApiFamily owner,
        IApiFamily family,
        string? api
    )
    {
        var isParticular = api is not null && !IsOther(api) && owner.Serves(family);
        if (isParticular || (api is not null && family == owner))
        {
            return (family, api);
        }

        var other = owner.NameOther(host);
        return (other is null ? family : owner, other);
    }

    /// <summary>Returns whether a name says little, so that the host may name the call better.</summary>
    private static bool IsOther(string api) =>
        api.EndsWith("-other", StringComparison.Ordinal) || api.StartsWith("other-", StringComparison.Ordinal);

    [GeneratedRegex("^v[0-9]+((alpha|beta)[0-9]*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    private sealed record Call(string Path, string? Method, string? Host);

    private sealed record KnownCall(ApiOperation Operation);
}
