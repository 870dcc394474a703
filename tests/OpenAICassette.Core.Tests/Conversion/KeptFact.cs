using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAICassette.Conversion;

namespace OpenAICassette.Tests;

/// <summary>A fact of an interaction that every conversion has to keep, or has to report as lost.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Excuses">What a conversion may report as lost instead.</param>
/// <param name="Value">The fact.</param>
internal sealed record KeptFact(string Name, FormatFeatures Excuses, string Value)
{
    /// <summary>What a file with the answer alone must still hold.</summary>
    private static readonly string[] s_answer = ["stream", "text", "tool calls", "usage"];

    /// <summary>Returns what a conversion did not keep and did not report.</summary>
    /// <param name="source">The cassette.</param>
    /// <param name="target">The format that it was converted to.</param>
    /// <param name="result">What it became.</param>
    public static IEnumerable<string> Lost(Cassette source, string target, ConvertedCassette result)
    {
        var told = result.Report.Losses.Aggregate(FormatFeatures.None, (all, loss) => all | loss.Feature);
        told |= CassetteFormats.ByName(target)!.Info.Features & FormatFeatures.ExactBodies ^ FormatFeatures.ExactBodies;
        var before = Of(source);
        var files = result.Cassettes;
        var after =
            target == "bare-answer" ? [.. files.Select(OfAnswer)] : files.Select(ReadAgain).SelectMany(Of).ToList();
        return before.Count == after.Count
            ? before.SelectMany((facts, index) => Lost(facts, after[index], told).Select(lost => $"{index}: {lost}"))
            : [$"{before.Count} interactions became {after.Count}"];
    }

    private static IEnumerable<string> Lost(List<KeptFact> before, List<KeptFact> after, FormatFeatures told) =>
        from fact in before
        let now = after.Find(each => each.Name == fact.Name)
        where now is not null && now.Value != fact.Value && (told & fact.Excuses) == FormatFeatures.None
        select $"{fact.Name} {Short(fact.Value)} became {Short(now.Value)}";

    private static Cassette ReadAgain(Cassette converted) =>
        CassetteStore.Open(converted.Read().ToArray(), CassetteOrigin.OfMemory(converted.Name));

    /// <summary>Returns the facts of a file that holds an answer alone, which may not say what it answers.</summary>
    private static List<KeptFact> OfAnswer(Cassette converted)
    {
        var body = new KeptFact("answer", FormatFeatures.None, Convert.ToHexString(converted.Read().Span));
        var facts = converted.Format == "bare-answer" ? Of(converted)[0] : [];
        return [body, .. facts.Where(fact => s_answer.Contains(fact.Name))];
    }

    private static List<List<KeptFact>> Of(Cassette cassette) =>
        [.. cassette.Interactions.Zip(RecordedExchanges.Of(cassette, default), Of)];

    private static List<KeptFact> Of(Interaction interaction, ExchangeDraft exchange)
    {
        var conversation = ConversationAssembler.Assemble(interaction);
        var answers = conversation.Choices.Select(choice => choice.Message).ToList();
        const FormatFeatures request = FormatFeatures.Requests;
        var session = interaction.Method == "WEBSOCKET" ? FormatFeatures.WebSockets : FormatFeatures.None;

        var run = interaction.Request.ToolName is null ? FormatFeatures.None : FormatFeatures.ToolRuns;

        // The header has the boundary of the parts, among which a sound is that was transcribed.
        var parts = exchange.RequestBody.Parts.Count > 0 ? FormatFeatures.RequestHeaders : FormatFeatures.None;
        return
        [
            new("method", request, exchange.Method.ToUpperInvariant()),
            new("URL", request | FormatFeatures.Host, UrlOf(exchange)),
            new("status", FormatFeatures.Status | FormatFeatures.Failures | session, StatusOf(exchange)),
            new("request", request | session, BodyOf(exchange.RequestBody)),
            new("stream", session, $"{interaction.IsStreaming}"),
            new("text", session | parts | run, string.Join('|', answers.Select(answer => answer.Text))),
            new("tool calls", session, string.Join('|', answers.SelectMany(each => each.ToolCalls).Select(CallOf))),
            new("usage", session, $"{conversation.Usage}"),
            new("answer", FormatFeatures.ExactBodies | session, Convert.ToHexString(exchange.ResponseBody.Bytes.Span)),
        ];
    }

    /// <summary>Returns the status; a call that failed without one is an error of some status where it is replayed.</summary>
    private static string StatusOf(ExchangeDraft exchange) =>
        exchange.Failure is null && exchange.Status is not 502 ? $"{exchange.Status}" : "failed";

    /// <summary>Returns a URL as it is sent, without a fragment and the scheme's own port.</summary>
    private static string UrlOf(ExchangeDraft exchange)
    {
        var url = exchange.Url.Split('#')[0];
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.IsDefaultPort
            ? url.Replace($"{uri.Host}:{uri.Port}", uri.Host, StringComparison.Ordinal)
            : url;
    }

    /// <summary>Returns a tool call; of arguments that the service sent as an object, only the values are kept.</summary>
    private static string CallOf(ToolCall call)
    {
        var arguments = JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(call.Arguments));
        return $"{call.Id} {call.Name}({(arguments.Exists ? Sorted(arguments) : call.Arguments)})";
    }

    private static string BodyOf(Body body) =>
        body.Json.Exists ? Sorted(body.Json) : Convert.ToHexString(body.Bytes.Span);

    private static string Sorted(JsonValue value) => Sorted(JsonNode.Parse(value.Utf8.Span))?.ToJsonString() ?? "null";

    private static JsonNode? Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members
                    .OrderBy(member => member.Key, StringComparer.Ordinal)
                    .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(Sorted)]),
            _ => node?.DeepClone(),
        };

    private static string Short(string value) =>
        JsonSerializer.Serialize(value is { Length: > 120 } ? value[..120] : value);
}
