using System.Globalization;
using OpenAICassette.Apis;

namespace OpenAICassette.Health;

/// <summary>Checks that status and body of a response say the same.</summary>
internal static class StatusCheck
{
    private const int NoContent = 204;
    private const int NotModified = 304;
    private const int FirstError = 400;

    /// <summary>Returns the problems of a response.</summary>
    public static IEnumerable<HealthFinding> Check(Interaction interaction, InteractionPlace place)
    {
        var response = interaction.Response;
        if (response.Status is not { } status)
        {
            yield break;
        }

        var isGeneration = ApiOperation.Of(interaction).IsGeneration;
        var isEmpty = response.Body.IsEmpty && response.Frames.Count == 0;
        if (HasNoBody(interaction.Method, status))
        {
            if (!isEmpty)
            {
                yield return Of(
                    HealthId.StatusBody,
                    $"a response to {interaction.Method} with status {status} has no body, but the recording has one"
                );
            }
        }
        else if (isGeneration && isEmpty && status is >= 200 and < 300)
        {
            yield return Of(HealthId.BodyMissing, $"the status is {status}, but the body is empty");
        }
        else if (isGeneration && isEmpty && status >= FirstError)
        {
            yield return Of(
                HealthId.BodyMissing,
                $"the status is {status}, but the body that explains it is empty",
                HealthSeverity.Information
            );
        }
        else if (isGeneration && status is >= 200 and < 300 && IsError(response))
        {
            yield return Of(HealthId.StatusBody, $"the status is {status}, but the body is an error");
        }
        else if (isGeneration && status >= FirstError && IsAnswer(response))
        {
            yield return Of(HealthId.StatusBody, $"the status is {status}, but the body is an answer");
        }

        HealthFinding Of(string id, FormattableString message, HealthSeverity severity = HealthSeverity.Warning) =>
            place.Of(id, severity, message.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Returns whether a response never has a body (RFC 9110, sections 6.4.1 and 9.3.2).</summary>
    public static bool HasNoBody(string? method, int status) =>
        method == "HEAD" || status is NoContent or NotModified or (>= 100 and < 200);

    /// <summary>Returns whether all that was answered is an error.</summary>
    private static bool IsError(RecordedResponse response)
    {
        var pieces = response.Data.SelectMany(ChunkReader.Read).ToList();
        return pieces.Count > 0 && pieces.TrueForAll(piece => piece.Kind == StreamPieceKind.Error);
    }

    /// <summary>Returns whether the model said something.</summary>
    private static bool IsAnswer(RecordedResponse response)
    {
        var pieces = response.Data.SelectMany(ChunkReader.Read).ToList();
        return pieces.Exists(piece =>
                piece.Kind is StreamPieceKind.Text or StreamPieceKind.ToolName or StreamPieceKind.Usage
            ) && !pieces.Exists(piece => piece.Kind == StreamPieceKind.Error);
    }
}
