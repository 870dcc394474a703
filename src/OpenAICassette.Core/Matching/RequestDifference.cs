namespace OpenAICassette;

/// <summary>One difference between a recorded request and one that came in.</summary>
/// <param name="Pointer">Where it is, as a JSON pointer into the request that came in, or into the recorded one for what is missing.</param>
/// <param name="Kind">What kind of difference it is.</param>
/// <param name="Message">The difference in words.</param>
public sealed record RequestDifference(string Pointer, DifferenceKind Kind, string Message)
{
    /// <summary>What was recorded there, the first 1,000 characters of it; null where nothing was.</summary>
    public string? Recorded { get; init; }

    /// <summary>What came in there, the first 1,000 characters of it; null where nothing did.</summary>
    public string? Received { get; init; }

    /// <summary>The difference in words.</summary>
    public override string ToString() => Message;
}
