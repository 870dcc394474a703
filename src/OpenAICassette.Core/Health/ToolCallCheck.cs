using System.Text;
using OpenAICassette.Apis;

namespace OpenAICassette.Health;

/// <summary>Checks that the arguments of tool calls are JSON once they are put together.</summary>
internal static class ToolCallCheck
{
    private const string CutOff = "length";

    /// <summary>Returns the problems of a response's tool calls.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <param name="chunks">The pieces of the response.</param>
    /// <param name="place">Makes the findings.</param>
    public static IEnumerable<HealthFinding> Check(
        Interaction interaction,
        List<IReadOnlyList<StreamPiece>> chunks,
        InteractionPlace place
    )
    {
        HashSet<string>? textTools = null;
        foreach (var choice in chunks.Exists(HasCall) ? ConversationAssembler.AssembleAnswers(interaction) : [])
        {
            // A model that reaches its limit of tokens stops in the middle; the recording has all that it wrote.
            var isCutOff =
                place.IsExchange && choice.FinishReason is { } reason && FinishReason.Normalize(reason) == CutOff;
            foreach (var call in isCutOff ? [] : choice.Message.ToolCalls)
            {
                if (call.Arguments.Length == 0 || IsJson(call.Arguments))
                {
                    continue;
                }

                textTools ??= TextToolsOf(interaction.Response);
                if (!textTools.Contains(call.Name))
                {
                    yield return place.Of(
                        HealthId.ToolArguments,
                        HealthSeverity.Error,
                        $"the arguments of the call of '{call.Name}' are not JSON",
                        "/response/body"
                    );
                }
            }
        }
    }

    private static bool HasCall(IReadOnlyList<StreamPiece> pieces) =>
        pieces.Any(piece =>
            piece.Kind is StreamPieceKind.ToolCallId or StreamPieceKind.ToolName or StreamPieceKind.ToolArguments
        );

    private static bool IsJson(string text) => JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(text)).Exists;

    private static HashSet<string> TextToolsOf(RecordedResponse response) =>
        [.. response.Data.SelectMany(data => ApiFamilies.Of(data, out _)?.TextToolsIn(data) ?? [])];
}
