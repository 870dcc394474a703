using System.Globalization;
using OpenAICassette.Apis;

namespace OpenAICassette.Health;

/// <summary>Checks that a response is consistent: its end, its tool calls and its token counts.</summary>
internal static class StreamCheck
{
    /// <summary>Returns the problems of the responses of a recording of our own.</summary>
    public static IEnumerable<HealthFinding> Check(Cassette cassette, string path) =>
        cassette.Interactions.SelectMany(interaction =>
            Check(interaction, new InteractionPlace(path, index: null, () => default))
        );

    /// <summary>Returns the problems of a response.</summary>
    public static IEnumerable<HealthFinding> Check(Interaction interaction, InteractionPlace place)
    {
        var response = interaction.Response;
        if (StreamingOf(interaction, place) is { } streaming)
        {
            yield return streaming;
        }

        var pieces = response.Data.Select(ChunkReader.Read).ToList();
        var end = place.IsExchange ? StreamEndCheck.Check(interaction, pieces, place) : null;
        if (end is not null)
        {
            yield return end;
        }

        var hasEnd = interaction.IsStreaming && response.Error is null && end is null;
        foreach (var finding in hasEnd ? Endings(interaction, pieces, place) : [])
        {
            yield return finding;
        }

        foreach (var finding in ToolCallCheck.Check(interaction, pieces, place))
        {
            yield return finding;
        }

        var counts = pieces
            .SelectMany(chunk => chunk)
            .LastOrDefault(piece => piece.Kind == StreamPieceKind.Usage)
            .Value;
        if (Total(counts) is { } total && total.Sum != total.Reported)
        {
            yield return place.Of(
                HealthId.UsageTotal,
                HealthSeverity.Warning,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the usage adds up to {total.Sum} tokens, but {total.Reported} are reported"
                ),
                "/response/body"
            );
        }
    }

    /// <summary>Checks that a stream answers a request for one, and no other.</summary>
    private static HealthFinding? StreamingOf(Interaction interaction, InteractionPlace place)
    {
        var response = interaction.Response;
        var wish = interaction.Request.Body.Json["stream"];
        var asked = wish.Truth == true;
        var isTold = response.Error is null && asked != interaction.IsStreaming && (asked || wish.Exists);

        // Other services mean other things by that member, and what is missing is found elsewhere.
        var isKnown = !place.IsExchange || response.Data.Any(data => ApiFamilies.Of(data, out _) is not null);
        return isTold && isKnown
            ? place.Of(
                HealthId.Streaming,
                HealthSeverity.Warning,
                asked
                    ? "the request asks for a stream, but the response is not one"
                    : "the request does not ask for a stream, but the response is one",
                "/response/is_streaming"
            )
            : null;
    }

    /// <summary>Checks that each answer of a chat stream has one finish reason; other streams need none.</summary>
    private static IEnumerable<HealthFinding> Endings(
        Interaction interaction,
        List<IReadOnlyList<StreamPiece>> chunks,
        InteractionPlace place
    )
    {
        var isChat = interaction.Response.Chunks.Any(chunk =>
            ApiFamilies.Of(chunk.Data, out _)?.EndsEachChoice(chunk.Data) == true
        );
        if (!isChat)
        {
            yield break;
        }

        var said = chunks
            .SelectMany(chunk => chunk)
            .Where(piece => piece.Kind == StreamPieceKind.FinishReason)
            .GroupBy(piece => piece.Choice)
            .ToDictionary(pieces => pieces.Key, pieces => CountOf(pieces, place));
        var heard = chunks
            .SelectMany(chunk => chunk)
            .Where(piece => piece.Kind is StreamPieceKind.Role or StreamPieceKind.Text)
            .Select(piece => piece.Choice);
        foreach (var choice in heard.Append(0).Distinct().Where(choice => !said.ContainsKey(choice)))
        {
            yield return place.Of(
                HealthId.FinishReasonMissing,
                HealthSeverity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"the stream has no finish reason for answer {choice}"),
                "/response/body"
            );
        }

        foreach (var (choice, count) in said.Where(choice => choice.Value > 1))
        {
            yield return place.Of(
                HealthId.FinishReasonRepeated,
                HealthSeverity.Warning,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the stream has {count} finish reasons for answer {choice}"
                ),
                "/response/body"
            );
        }
    }

    /// <summary>Counts finish reasons. Routers repeat the reason beside the usage, which is no contradiction.</summary>
    private static int CountOf(IEnumerable<StreamPiece> reasons, InteractionPlace place) =>
        place.IsExchange
            ? reasons.Select(reason => reason.Value.ToString()).Distinct(StringComparer.Ordinal).Count()
            : reasons.Count();

    private static (long Sum, long Reported)? Total(JsonValue usage) =>
        ApiFamilies.All.Select(family => family.AddUp(usage)).FirstOrDefault(sum => sum is not null);
}
