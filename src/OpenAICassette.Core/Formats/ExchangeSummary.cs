using OpenAICassette.Apis;
using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette.Formats;

/// <summary>Reads from an HTTP exchange what lists show.</summary>
internal static class ExchangeSummary
{
    private const int FirstErrorStatus = 400;

    /// <summary>Summarizes an exchange.</summary>
    public static InteractionSummary Of(ExchangeDraft exchange, IInteractionViews views)
    {
        var stream = StreamFraming.Read(exchange);
        return new()
        {
            Method = RecurringTexts.Share(exchange.Method),
            Url = RecurringTexts.Share(exchange.Url),
            Endpoint = exchange.Path.Length == 0 ? null : RecurringTexts.Share(exchange.Path),
            Model = RecurringTexts.Share(ModelOf(exchange, stream)),
            TestId = RecurringTexts.Share(exchange.TestId),
            Status = exchange.Status == 0 ? null : exchange.Status,
            IsStreaming = stream is not null,
            ChunkCount = stream?.Count ?? 0,
            Reads = exchange.Reads,
            HasError = exchange.Failure is not null || exchange.Status >= FirstErrorStatus,
            Views = views,
        };
    }

    /// <summary>Returns the model that the request names, in its body or its path, else the one that answered.</summary>
    private static string? ModelOf(ExchangeDraft exchange, IReadOnlyList<Frame>? stream)
    {
        var operation = ApiOperation.Of(exchange.Path, exchange.Method, exchange.Url);
        var asked = exchange.RequestBody.Json["model"].Text
            ?? (operation.Api is null ? operation.Deployment : operation.Model);
        if (asked is not null || !operation.IsGeneration)
        {
            return asked;
        }

        return stream is null
            ? ApiFamilies.ModelOf(exchange.ResponseBody.Json)
            : stream.Select(frame => ApiFamilies.ModelOf(frame.Json)).FirstOrDefault(model => model is not null);
    }
}
