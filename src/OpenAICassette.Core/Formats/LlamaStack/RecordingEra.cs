using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>Tells from a lone recording when it was recorded, as far as what it holds betrays it.</summary>
internal static class RecordingEra
{
    /// <summary>
    /// Returns the era, or the first and last one that are possible; a plus stands for all that followed.
    /// </summary>
    /// <param name="index">What the recording holds.</param>
    /// <param name="request">Its request.</param>
    /// <param name="response">Gives its response, which only the oldest recordings and lists of models need.</param>
    /// <param name="name">Its file's name.</param>
    public static string Of(RecordingIndex index, JsonValue request, Func<JsonValue> response, RecordingName name)
    {
        if (request["api"].Exists)
        {
            return "E11";
        }

        if (index.HasIdMapping)
        {
            return Since(index, request, response);
        }

        if (index.HasTestId)
        {
            return "E4";
        }

        // Ids and times were made regular at the end of the first eras.
        var isNormalized = Data(response()["body"])["id"].Text?.StartsWith("rec-", StringComparison.Ordinal) == true;
        return isNormalized ? "E3"
            : name.IsModelList ? "E2"
            : "E0-E2";
    }

    private static string Since(RecordingIndex index, JsonValue request, Func<JsonValue> response)
    {
        if (ModelLookup.Is(request))
        {
            return "E21+";
        }

        if (index.Url?.StartsWith("vertexai:", StringComparison.Ordinal) == true)
        {
            return "E16+";
        }

        if (request["payload"].Exists)
        {
            var path = UrlText.PathOf(index.Url ?? string.Empty);
            return path.EndsWith("/interactions", StringComparison.Ordinal) ? "E14+"
                : path.EndsWith("/messages", StringComparison.Ordinal) ? "E12+"
                : "E7+";
        }

        if (index.Endpoint == "/v1/models" && HasRegularModels(response()["body"]))
        {
            return "E19+";
        }

        return request["provider_metadata"].Exists ? "E9+"
            : index.IsException ? "E8+"
            : "E5+";
    }

    /// <summary>True where the times of models were made regular too.</summary>
    private static bool HasRegularModels(JsonValue body) =>
        body.Count > 0 && body.Elements.All(model => model["__data__"]["created"].WholeNumber == 0);

    private static JsonValue Data(JsonValue body) =>
        (body.Kind == System.Text.Json.JsonValueKind.Array ? body[0] : body)["__data__"];
}
