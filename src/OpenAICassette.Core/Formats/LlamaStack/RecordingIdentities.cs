using OpenAICassette.Json;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>Tells which algorithms reproduce a recording's name, and when it was recorded.</summary>
internal static class RecordingIdentities
{
    private static readonly KeyAlgorithm[] s_call =
        [KeyAlgorithm.H1, KeyAlgorithm.H2, KeyAlgorithm.H3, KeyAlgorithm.H3b, KeyAlgorithm.H4, KeyAlgorithm.H5, KeyAlgorithm.H6];

    private static readonly KeyAlgorithm[] s_http = [KeyAlgorithm.Http4, KeyAlgorithm.Http5, KeyAlgorithm.Http6];

    private static readonly KeyAlgorithm[] s_tool = [KeyAlgorithm.Tool];

    /// <summary>The identity of a recording.</summary>
    /// <param name="root">The whole document.</param>
    /// <param name="fileName">The file's name.</param>
    public static RecordingIdentity Of(JsonValue root, string fileName)
    {
        var name = new RecordingName(fileName);
        var keys = Keys(root["request"], root["test_id"].Text);
        var algorithms = keys.Where(key => name.IsOf(key.Key)).Select(key => key.Algorithm);
        return new RecordingIdentity(keys.Count > 0 ? keys[^1].Key : null, [.. algorithms], RecordingEra.Of(root, name));
    }

    /// <summary>The keys of a request under every algorithm for its shape, the one now in force last.</summary>
    private static List<(KeyAlgorithm Algorithm, string Key)> Keys(JsonValue request, string? testId)
    {
        if (request["tool_name"].Text is { } tool)
        {
            return [.. s_tool.Select(algorithm => (algorithm, RecordingKey.OfTool(request["provider"].ToString(), tool, request["kwargs"])))];
        }

        if (request["url"].Text is not { } url)
        {
            return [];
        }

        var method = request["method"].Text ?? "POST";
        return request["payload"].Exists
            ? [.. s_http.Select(algorithm => (algorithm, RecordingKey.OfHttp(method, url, request["payload"], request["test_id"].Text, algorithm)))]
            : [.. s_call.Select(algorithm => (algorithm, RecordingKey.OfCall(method, url, request["body"], testId, algorithm)))];
    }
}
