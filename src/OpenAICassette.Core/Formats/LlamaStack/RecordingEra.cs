using OpenAICassette.Json;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>Tells from a lone recording when it was recorded, as far as what it holds betrays it.</summary>
internal static class RecordingEra
{
    /// <summary>The era, or the first and last one that are possible; a plus stands for all that followed.</summary>
    public static string Of(JsonValue root, RecordingName name)
    {
        var request = root["request"];
        if (request["api"].Exists)
        {
            return "E11";
        }

        if (root["id_normalization_mapping"].Exists)
        {
            return Since(request, root["response"]);
        }

        if (root["test_id"].Exists)
        {
            return "E4";
        }

        // Ids and times were made regular at the end of the first eras.
        var isNormalized = Data(root["response"]["body"])["id"].Text?.StartsWith("rec-", StringComparison.Ordinal) == true;
        return isNormalized ? "E3" : name.IsModelList ? "E2" : "E0-E2";
    }

    private static string Since(JsonValue request, JsonValue response)
    {
        if (request["url"].Text?.StartsWith("vertexai:", StringComparison.Ordinal) == true)
        {
            return "E16+";
        }

        if (request["payload"].Exists)
        {
            var path = UrlPath.Of(request["url"].ToString());
            return path.EndsWith("/interactions", StringComparison.Ordinal) ? "E14+" : path.EndsWith("/messages", StringComparison.Ordinal) ? "E12+" : "E7+";
        }

        return request["provider_metadata"].Exists ? "E9+" : response["is_exception"].Exists ? "E8+" : "E5+";
    }

    private static JsonValue Data(JsonValue body) => (body.Kind == System.Text.Json.JsonValueKind.Array ? body[0] : body)["__data__"];
}
