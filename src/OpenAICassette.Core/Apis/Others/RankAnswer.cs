using System.Text.Json;

namespace OpenAICassette.Apis.Others;

/// <summary>
/// The answers of rerankers: places of documents with scores, as Cohere, Voyage, Together, Jina and Amazon Bedrock send
/// them.
/// </summary>
internal static class RankAnswer
{
    /// <summary>Returns the call; null for another answer.</summary>
    public static AnsweredCall? CallOf(JsonValue answer)
    {
        var first = ResultsOf(answer).FirstOrDefault();
        if (first["index"].WholeNumber is null || ScoreOf(first).Kind != JsonValueKind.Number)
        {
            return null;
        }

        // Only Amazon writes the score in camel case.
        return first["relevanceScore"].Exists ? new("/rerank")
            : answer["model"].Text is not null ? new("/v1/rerank")
            : null;
    }

    /// <summary>Returns the results; none for another answer.</summary>
    public static IEnumerable<JsonValue> ResultsOf(JsonValue answer)
    {
        var results = answer["results"].Exists ? answer["results"] : answer["data"];
        return ScoreOf(results[0]).HasValue ? results.Elements : [];
    }

    /// <summary>Returns how well a document fits.</summary>
    public static JsonValue ScoreOf(JsonValue result) =>
        result["relevance_score"].Exists ? result["relevance_score"] : result["relevanceScore"];
}
