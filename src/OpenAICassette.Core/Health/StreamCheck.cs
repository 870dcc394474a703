using System.Globalization;
using System.Text;
using OpenAICassette.Apis;

namespace OpenAICassette.Health;

/// <summary>Checks that a response is consistent: its end, its tool calls and its token counts.</summary>
internal static class StreamCheck
{
    /// <summary>Returns the problems of a response.</summary>
    public static IEnumerable<HealthFinding> Check(Interaction interaction, string path)
    {
        var response = interaction.Response;
        var asked = interaction.Request.Body.Json["stream"].Truth == true;
        if (
            response.Error is null
            && asked != interaction.IsStreaming
            && (asked || interaction.Request.Body.Json["stream"].Exists)
        )
        {
            yield return new(
                HealthId.Streaming,
                HealthSeverity.Warning,
                path,
                "/response/is_streaming",
                asked
                    ? "the request asks for a stream, but the response is not one"
                    : "the request does not ask for a stream, but the response is one"
            );
        }

        var pieces = response.Data.Select(ChunkReader.Read).ToList();
        foreach (
            var finding in interaction.IsStreaming && response.Error is null ? Endings(interaction, pieces, path) : []
        )
        {
            yield return finding;
        }

        foreach (
            var call in ConversationAssembler
                .Assemble(interaction)
                .Choices.SelectMany(choice => choice.Message.ToolCalls)
        )
        {
            if (call.Arguments.Length > 0 && !JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(call.Arguments)).Exists)
            {
                yield return new(
                    HealthId.ToolArguments,
                    HealthSeverity.Error,
                    path,
                    "/response/body",
                    $"the arguments of the call of '{call.Name}' are not JSON"
                );
            }
        }

        var counts = pieces
            .SelectMany(chunk => chunk)
            .LastOrDefault(piece => piece.Kind == StreamPieceKind.Usage)
            .Value;
        if (Total(counts) is { } total && total.Sum != total.Reported)
        {
            yield return new(
                HealthId.UsageTotal,
                HealthSeverity.Warning,
                path,
                "/response/body",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the usage adds up to {total.Sum} tokens, but {total.Reported} are reported"
                )
            );
        }
    }

    /// <summary>Checks that each answer of a chat stream has one finish reason; other streams need none.</summary>
    private static IEnumerable<HealthFinding> Endings(
        Interaction interaction,
        List<IReadOnlyList<StreamPiece>> chunks,
        string path
    )
    {
        var isChat = interaction.Response.Chunks.Any(chunk =>
            ApiFamilies.Of(chunk.Data, out _)?.EndsEachChoice(chunk.Data) == true
        );
        var said = chunks
            .SelectMany(chunk => chunk)
            .Where(piece => piece.Kind == StreamPieceKind.FinishReason)
            .CountBy(piece => piece.Choice)
            .ToDictionary();
        var heard = chunks
            .SelectMany(chunk => chunk)
            .Where(piece => piece.Kind is StreamPieceKind.Role or StreamPieceKind.Text)
            .Select(piece => piece.Choice);
        foreach (var choice in isChat ? heard.Append(0).Distinct().Where(choice => !said.ContainsKey(choice)) : [])
        {
            yield return new(
                HealthId.FinishReasonMissing,
                HealthSeverity.Warning,
                path,
                "/response/body",
                string.Create(CultureInfo.InvariantCulture, $"the stream has no finish reason for answer {choice}")
            );
        }

        foreach (var (choice, count) in said.Where(choice => choice.Value > 1 && isChat))
        {
            yield return new(
                HealthId.FinishReasonRepeated,
                HealthSeverity.Warning,
                path,
                "/response/body",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the stream has {count} finish reasons for answer {choice}"
                )
            );
        }
    }

    private static (long Sum, long Reported)? Total(JsonValue usage) =>
        ApiFamilies.All.Select(family => family.AddUp(usage)).FirstOrDefault(sum => sum is not null);
}
