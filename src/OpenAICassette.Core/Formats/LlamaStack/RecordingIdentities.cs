namespace OpenAICassette.Formats.LlamaStack;

/// <summary>Tells which algorithms reproduce a recording's name.</summary>
internal static class RecordingIdentities
{
    /// <summary>
    /// The keys of a request under every algorithm for its shape, the newest first; none where not all that is hashed
    /// was recorded.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="testId">The test's id beside the request.</param>
    /// <param name="onlyNewest">True for the newest alone.</param>
    public static List<(KeyAlgorithm Algorithm, string Key)> KeysOf(
        JsonValue request,
        string? testId,
        bool onlyNewest = false
    )
    {
        if (request["tool_name"].Text is not null)
        {
            return
            [
                (KeyAlgorithm.Tool, RecordingKey.OfTool(request["provider"], request["tool_name"], request["kwargs"])),
            ];
        }

        if (request["url"].Text is not { } url)
        {
            return [];
        }

        var method = request["method"].Text ?? "POST";
        if (ModelLookup.Is(request))
        {
            // No earlier recorder wrote this shape.
            var nothing = JsonValue.ParseOrUndefined("{}"u8.ToArray());
            return [(KeyAlgorithm.H7, RecordingKey.OfCall(method, url, nothing, testId))];
        }

        return request["payload"].Exists
            ? RecordingKey.KeysOfHttp(method, url, request["payload"], request["test_id"].Text, onlyNewest)
            : RecordingKey.KeysOfCall(method, url, request["body"], testId, onlyNewest);
    }

    /// <summary>Returns the key of a request under the newest algorithm for its shape.</summary>
    /// <param name="request">A request that contains everything that is hashed.</param>
    /// <param name="testId">The test's id beside the request.</param>
    public static string NewestKeyOf(JsonValue request, string? testId) =>
        KeysOf(request, testId, onlyNewest: true)[0].Key;

    /// <summary>Returns the algorithms, oldest first, whose key a file's name was made of.</summary>
    public static IReadOnlyList<KeyAlgorithm> Reproducing(
        string fileName,
        List<(KeyAlgorithm Algorithm, string Key)> keys
    )
    {
        var name = new RecordingName(fileName);
        return keys.Where(key => name.IsOf(key.Key)).Select(key => key.Algorithm).Reverse().ToArray();
    }
}
