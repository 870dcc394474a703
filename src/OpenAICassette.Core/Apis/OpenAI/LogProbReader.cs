using System.Globalization;
using System.Text.Json;

namespace OpenAICassette.Apis.OpenAI;

/// <summary>
/// Reads the log probabilities of tokens: chat completions', the Responses API's, and the parallel lists of
/// completions.
/// </summary>
internal static class LogProbReader
{
    private static readonly string[] s_lists = ["content", "refusal"];

    /// <summary>Returns the log probabilities that a chunk or response carries.</summary>
    /// <param name="data">The chunk's data.</param>
    public static IReadOnlyList<ChoiceLogProbs> Read(JsonValue data)
    {
        List<ChoiceLogProbs>? read = null;
        foreach (var choice in data["choices"].Elements)
        {
            var source = choice["logprobs"];
            if (source.Kind == JsonValueKind.Object && OfChoice(source) is { Length: > 0 } tokens)
            {
                (read ??= []).Add(new ChoiceLogProbs((int)(choice["index"].WholeNumber ?? 0), source, tokens));
            }
        }

        if (data["delta"].Kind == JsonValueKind.String && data["logprobs"].Kind == JsonValueKind.Array)
        {
            (read ??= []).Add(new ChoiceLogProbs(0, data["logprobs"], [.. data["logprobs"].Elements.Select(Token)]));
        }

        return read ?? (IReadOnlyList<ChoiceLogProbs>)[];
    }

    private static TokenLogProb[] OfChoice(JsonValue source) =>
        source["tokens"].Kind == JsonValueKind.Array
            ? [.. Parallel(source)]
            : [.. s_lists.SelectMany(list => source[list].Elements).Select(Token)];

    private static TokenLogProb Token(JsonValue token) =>
        new(
            token["token"].ToString(),
            Number(token["logprob"]),
            token["top_logprobs"].Elements.Select(Alternative).ToArray()
        );

    private static TokenLogProb Alternative(JsonValue token) =>
        new(token["token"].ToString(), Number(token["logprob"]), Array.Empty<TokenLogProb>());

    private static IEnumerable<TokenLogProb> Parallel(JsonValue source)
    {
        var logarithms = source["token_logprobs"].Elements.ToList();
        var alternatives = source["top_logprobs"].Elements.ToList();
        foreach (var (index, token) in source["tokens"].Elements.Index())
        {
            var others = index < alternatives.Count ? alternatives[index].Members : [];
            yield return new TokenLogProb(
                token.ToString(),
                index < logarithms.Count ? Number(logarithms[index]) : null,
                others
                    .Select(other => new TokenLogProb(other.Key, Number(other.Value), Array.Empty<TokenLogProb>()))
                    .ToArray()
            );
        }
    }

    private static double? Number(JsonValue number) =>
        number.Kind == JsonValueKind.Number
        && double.TryParse(number.Utf8.Span, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value)
            ? value
            : null;
}
