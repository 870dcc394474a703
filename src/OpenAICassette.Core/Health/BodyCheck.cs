using OpenAICassette.Text;

namespace OpenAICassette.Health;

/// <summary>Checks that bodies are what their header fields say.</summary>
internal static class BodyCheck
{
    /// <summary>Returns the problems of the two bodies of an interaction.</summary>
    public static IEnumerable<HealthFinding> Check(Interaction interaction, InteractionPlace place)
    {
        var (request, response) = (interaction.Request, interaction.Response);
        var isExact =
            CassetteFormats.ByName(interaction.Cassette.Format)?.Info.Features.HasFlag(FormatFeatures.ExactBodies)
            == true;
        var hasNoBody = response.Status is { } status && StatusCheck.HasNoBody(interaction.Method, status);
        return CheckOne("request", request.Body, request.Headers, isStream: false, isExact)
            .Concat(
                hasNoBody ? [] : CheckOne("response", response.Body, response.Headers, response.IsStreaming, isExact)
            )
            .Select(found => place.Of(found.Id, found.Severity, found.Message));
    }

    private static IEnumerable<(string Id, HealthSeverity Severity, string Message)> CheckOne(
        string side,
        Body body,
        HeaderList headers,
        bool isStream,
        bool isExact
    )
    {
        var isBroken = body.Coding is null && ContentCoding.IsGzip(body.Recorded.Span);
        if (isBroken)
        {
            yield return (
                HealthId.BodyBroken,
                HealthSeverity.Error,
                $"the body of the {side} begins as gzip does, but cannot be unpacked"
            );
        }

        // Other formats keep values and templates, whose text nobody has sent.
        if (!isExact || body.IsValue)
        {
            yield break;
        }

        if (!isBroken && !isStream && !body.IsEmpty && !body.Json.Exists && IsJson(headers["content-type"]))
        {
            yield return (
                HealthId.BodyBroken,
                HealthSeverity.Warning,
                $"the body of the {side} is not JSON, which its Content-Type says"
            );
        }

        if (ContentLength.Check(side, body, headers) is { } message)
        {
            yield return (HealthId.ContentLength, HealthSeverity.Information, message);
        }
    }

    private static bool IsJson(string? contentType)
    {
        var type = (contentType ?? string.Empty).Split(';')[0].Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }
}
