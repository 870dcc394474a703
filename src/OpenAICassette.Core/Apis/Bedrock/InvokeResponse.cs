using System.Text.Json;

namespace OpenAICassette.Apis.Bedrock;

/// <summary>
/// What InvokeModel answers for models whose API is on Bedrock alone, whole or in parts: Amazon Titan, Meta Llama, AI21
/// Jurassic, Mistral's and Anthropic's text completions
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html).
/// </summary>
internal static class InvokeResponse
{
    private const string Metrics = "amazon-bedrock-invocationMetrics";

    /// <summary>Returns whether a value is such an answer; most look the same whole and in parts.</summary>
    public static ResponseShape ShapeOf(JsonValue data) =>
        data["results"][0]["outputText"].Exists ? ResponseShape.Whole
        : data["completions"][0]["data"].Exists ? ResponseShape.Whole
        : data["outputText"].Exists ? ResponseShape.Chunk
        : data["generation"].Kind == JsonValueKind.String ? ResponseShape.Either
        : data["outputs"][0]["text"].Exists && data["outputs"][0]["stop_reason"].Exists ? ResponseShape.Either
        : data["completion"].Kind == JsonValueKind.String && data["stop_reason"].Exists ? ResponseShape.Either
        : ResponseShape.None;

    /// <summary>Returns whether a value has members that only such an answer has.</summary>
    public static bool IsCertain(JsonValue data) =>
        data[Metrics].Exists
        || (data["inputTextTokenCount"].Exists && (data["results"][0]["outputText"].Exists || data["embedding"].Exists))
        || (data["outputText"].Exists && data["inputTextTokenCount"].Exists)
        || (data["generation"].Text is not null && data["prompt_token_count"].Exists)
        || data["completions"][0]["data"]["text"].Exists;

    /// <summary>Returns whether a part of an answer is its last one, which says why it ends or what it cost.</summary>
    public static bool IsEnd(JsonValue data) =>
        data["completionReason"].HasValue
        || data["stop_reason"].HasValue
        || data["outputs"][0]["stop_reason"].HasValue
        || data[Metrics].Exists
        || data["totalOutputTextTokenCount"].HasValue
        || data["results"].Exists
        || data["completions"].Exists;

    /// <summary>Reads an answer or a part of one.</summary>
    public static void Read(JsonValue data, PieceList pieces)
    {
        var choice = 0;
        foreach (var result in data["results"].Elements)
        {
            AddAnswer(result["outputText"], result["completionReason"], choice++, pieces);
            pieces.Add(StreamPieceKind.Usage, result);
        }

        foreach (var completion in data["completions"].Elements)
        {
            AddAnswer(completion["data"]["text"], completion["finishReason"]["reason"], choice++, pieces);
        }

        foreach (var output in data["outputs"].Elements)
        {
            AddAnswer(output["text"], output["stop_reason"], choice++, pieces);
        }

        AddAnswer(data["outputText"], data["completionReason"], 0, pieces);
        AddAnswer(data["generation"], data["stop_reason"], 0, pieces);
        AddAnswer(data["completion"], data["stop_reason"], 0, pieces);
        if (data["inputTextTokenCount"].HasValue || data["prompt_token_count"].HasValue)
        {
            pieces.Add(StreamPieceKind.Usage, data);
        }

        pieces.Add(StreamPieceKind.Usage, data[Metrics]);
    }

    private static void AddAnswer(JsonValue text, JsonValue reason, int choice, PieceList pieces)
    {
        if (text.Exists)
        {
            pieces.Add(StreamPieceKind.Text, text, choice);
            pieces.Add(StreamPieceKind.FinishReason, reason, choice);
        }
    }
}
