namespace OpenAICassette;

/// <summary>Describes what a conversion lost, because the format that was written cannot hold it.</summary>
/// <param name="Losses">What was lost; none for a conversion that keeps everything.</param>
public sealed record ConversionReport(IReadOnlyList<ConversionLoss> Losses)
{
    /// <summary>Gets whether the conversion kept everything.</summary>
    public bool IsLossless => Losses.Count == 0;

    /// <summary>Returns what was lost as one phrase, for example <c>frame times (2 interactions)</c>.</summary>
    public override string ToString() => string.Join(", ", Losses);
}

/// <summary>Describes one kind of information that a conversion lost.</summary>
/// <param name="Feature">What the format cannot hold.</param>
/// <param name="Interactions">The number of interactions that had it.</param>
public sealed record ConversionLoss(FormatFeatures Feature, int Interactions)
{
    /// <summary>Returns the loss as a phrase, for example <c>frame times (2 interactions)</c>.</summary>
    public override string ToString() =>
        $"{What} ({Interactions} {(Interactions == 1 ? "interaction" : "interactions")})";

    private string What =>
        Feature switch
        {
            FormatFeatures.Status => "status",
            FormatFeatures.RequestHeaders => "request headers",
            FormatFeatures.ResponseHeaders => "response headers",
            FormatFeatures.RepeatedHeaders => "repeated headers",
            FormatFeatures.BinaryBodies => "bodies that are not text",
            FormatFeatures.ExactBodies => "the exact bytes of JSON bodies",
            FormatFeatures.StartTime => "start times",
            FormatFeatures.Duration => "durations",
            FormatFeatures.FrameTimes => "frame times",
            FormatFeatures.Host => "hosts",
            FormatFeatures.Requests => "requests",
            FormatFeatures.TestIds => "test ids",
            FormatFeatures.Failures => "how a connection failed",
            FormatFeatures.WebSockets => "the messages of WebSockets",
            _ => Feature.ToString(),
        };
}
