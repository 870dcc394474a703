using System.Text;
using OpenAICassette.Formats;
using OpenAICassette.Text;

namespace OpenAICassette.Conversion;

/// <summary>Finds what exchanges have and a format cannot hold.</summary>
internal static class ConversionLosses
{
    /// <summary>Returns the losses of writing exchanges in a format.</summary>
    public static ConversionReport Of(IReadOnlyList<ExchangeDraft> exchanges, FormatInfo target) =>
        new([
            .. Enum.GetValues<FormatFeatures>()
                .Where(feature => feature != FormatFeatures.None && !target.Features.HasFlag(feature))
                .Select(feature => new ConversionLoss(feature, exchanges.Count(each => Has(each, feature))))
                .Where(loss => loss.Interactions > 0),
        ]);

    private static bool Has(ExchangeDraft exchange, FormatFeatures feature) =>
        feature switch
        {
            FormatFeatures.Status => exchange.Status is not (0 or 200),
            FormatFeatures.RequestHeaders => exchange.RequestHeaders.Count > 0,
            FormatFeatures.ResponseHeaders => exchange.ResponseHeaders.Count > 0,
            FormatFeatures.RepeatedHeaders => HasRepeats(exchange.RequestHeaders)
                || HasRepeats(exchange.ResponseHeaders),
            FormatFeatures.BinaryBodies => !JsonFile.IsText(exchange.RequestBody.Bytes.Span)
                || !JsonFile.IsText(exchange.ResponseBody.Bytes.Span),
            FormatFeatures.ExactBodies => HasLayout(exchange.RequestBody) || HasLayout(exchange.ResponseBody),
            FormatFeatures.StartTime => exchange.SentAt is not null,
            FormatFeatures.Duration => exchange.Duration is not null,
            FormatFeatures.FrameTimes => exchange.Arrivals.Count > 0
                || exchange.Frames.Any(frame => frame.At is not null),
            FormatFeatures.Host => exchange.Url.Contains("://", StringComparison.Ordinal),
            FormatFeatures.Requests => exchange.Url.Length > 0,
            FormatFeatures.TestIds => exchange.TestId is not null,
            FormatFeatures.Failures => exchange.Failure is not null,
            FormatFeatures.WebSockets => exchange.Method == ExchangeDraft.WebSocketMethod,
            FormatFeatures.ToolRuns => exchange.ToolName is not null,
            _ => false,
        };

    private static bool HasRepeats(HeaderList headers) =>
        headers.DistinctBy(field => field.Name, StringComparer.OrdinalIgnoreCase).Count() < headers.Count;

    /// <summary>Returns whether a body is JSON with white space, which a writer of values leaves out.</summary>
    private static bool HasLayout(Body body) =>
        body.Json.Exists && JsonText.Minify(body.Bytes.Span) != Encoding.UTF8.GetString(body.Bytes.Span);
}
