namespace OpenAICassette;

/// <summary>Describes what a conversion lost, because the format that was written cannot hold it.</summary>
/// <param name="Losses">What was lost; none for a conversion that keeps everything.</param>
public sealed record ConversionReport(IReadOnlyList<ConversionLoss> Losses)
{
    /// <summary>Gets the number of interactions that were put together from the log of an agent.</summary>
    public int Reconstructed { get; init; }

    /// <summary>
    /// Gets what had to be assumed of them, because logs keep what was said and not what was sent; null if there are
    /// none.
    /// </summary>
    public string? Assumptions =>
        Reconstructed == 0
            ? null
            : $"put together from a log or trace ({ConversionLoss.Count(Reconstructed)}): the service and its URL, "
                + "the status 200 and a response that is not streamed were assumed; tools and parameters that were not logged are missing";

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
    public override string ToString() => $"{What} ({Count(Interactions)})";

    /// <summary>Returns a number of interactions as a phrase.</summary>
    internal static string Count(int interactions) =>
        interactions == 1 ? "1 interaction" : $"{interactions} interactions";

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
            FormatFeatures.ToolRuns => "which tool was called",
            _ => Feature.ToString(),
        };
}
