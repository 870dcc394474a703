using System.Globalization;
using System.Text;

namespace OpenAICassette.Replay;

/// <summary>Creates the answers that are not recorded: errors of this program, and faults.</summary>
internal static class OwnAnswer
{
    /// <summary>Returns the answer of a fault, which replaces the recording without playing it.</summary>
    public static WireAnswer Injected(Matching.ApiRequest request, ReceivedRequest entry, int status)
    {
        entry.Outcome = RequestOutcome.Faulted;
        var type =
            status == 429 ? "rate_limit_error"
            : status >= 500 ? "server_error"
            : "invalid_request_error";
        var body = ApiStyle
            .Of(request.Operation)
            .ErrorBody(string.Create(CultureInfo.InvariantCulture, $"a fault was injected: status {status}"), type);
        return Answered(
            entry,
            status is 429 or 503 ? Json(status, body, KeyValuePair.Create("retry-after", "1")) : Json(status, body)
        );
    }

    /// <summary>Returns an error of this program.</summary>
    public static WireAnswer Failed(Matching.ApiRequest request, ReceivedRequest entry, int status, string message)
    {
        entry.Outcome = RequestOutcome.Failed;
        var type = status >= 500 ? "server_error" : "invalid_request_error";
        return Answered(
            entry,
            Json(
                status,
                ApiStyle.Of(request.Operation).ErrorBody(message, type),
                KeyValuePair.Create("x-should-retry", "false")
            )
        );
    }

    /// <summary>Notes the status of an answer in the journal.</summary>
    public static WireAnswer Answered(ReceivedRequest entry, WireAnswer answer)
    {
        entry.Status = answer.Status;
        return answer;
    }

    /// <summary>Returns an answer of JSON.</summary>
    public static WireAnswer Json(int status, string body, params ReadOnlySpan<KeyValuePair<string, string>> headers) =>
        new()
        {
            Status = status,
            Headers = [KeyValuePair.Create("content-type", "application/json"), .. headers],
            Frames = [Encoding.UTF8.GetBytes(body)],
        };
}
