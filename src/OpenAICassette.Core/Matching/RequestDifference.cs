namespace OpenAICassette;

/// <summary>Represents a difference between a recorded request and a received one.</summary>
/// <param name="Pointer">
/// The location as a JSON pointer into the received request, or into the recorded one for a missing member.
/// </param>
/// <param name="Kind">The kind of difference.</param>
/// <param name="Message">A description of the difference.</param>
public sealed record RequestDifference(string Pointer, DifferenceKind Kind, string Message)
{
    /// <summary>Gets the first 1,000 characters of the recorded value; null if there is none.</summary>
    public string? Recorded { get; init; }

    /// <summary>Gets the first 1,000 characters of the received value; null if there is none.</summary>
    public string? Received { get; init; }

    /// <summary>Returns a description of the difference.</summary>
    public override string ToString() => Message;
}
