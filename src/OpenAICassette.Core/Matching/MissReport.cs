using System.Globalization;

namespace OpenAICassette;

/// <summary>Explains why no recording answers a request: the nearest recording and the differences.</summary>
public sealed record MissReport
{
    /// <summary>Gets the HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the requested path without its query.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the reason, on one line.</summary>
    public required string Reason { get; init; }

    /// <summary>Gets the recording most similar to the request; null if none has this operation.</summary>
    public Interaction? Nearest { get; init; }

    /// <summary>
    /// Gets the differences from the nearest recording, most important first: at most 20 differences and 11 KB of text.
    /// </summary>
    public IReadOnlyList<RequestDifference> Differences
    {
        get;
        init => field = value.ToArray();
    } = Array.Empty<RequestDifference>();

    /// <summary>
    /// Gets the number of differences found, including those that do not fit into <see cref="Differences"/>.
    /// </summary>
    public int DifferenceCount { get; init; }

    /// <summary>
    /// Gets whether the requests were too large for a complete comparison, so that there may be more differences.
    /// </summary>
    public bool IsPartial { get; init; }

    /// <summary>Gets a one-line summary: the request, the nearest recording, and the first difference.</summary>
    public string Message =>
        Nearest is null
            ? $"no recording matches {Asked}: {Reason}"
            : $"no recording matches {Asked}; nearest is {Nearest.Cassette.RelativePath}: {Reason}"
                + (DifferenceCount > 1 ? $" ({Counted})" : string.Empty);

    /// <summary>Returns the report on several lines.</summary>
    public override string ToString()
    {
        var lines =
            Nearest is null || Differences.Count == 0
                ? [Reason]
                : Differences
                    .Select(difference => difference.Message)
                    .Prepend($"nearest  {Nearest.Cassette.RelativePath} ({Counted})");
        if (DifferenceCount > Differences.Count)
        {
            lines = lines.Append(
                string.Create(CultureInfo.InvariantCulture, $"… and {DifferenceCount - Differences.Count} more")
            );
        }

        return string.Join("\n  ", lines.Prepend($"no recording matches {Asked}"));
    }

    /// <summary>Gets the approximate size in memory, in bytes.</summary>
    internal long Bytes =>
        sizeof(char)
        * Differences.Sum(difference =>
            (long)difference.Pointer.Length
            + difference.Message.Length
            + (difference.Recorded?.Length ?? 0)
            + (difference.Received?.Length ?? 0)
        );

    private string Asked => $"{Matching.DifferenceText.Line(Method)} {Matching.DifferenceText.Line(Path)}";

    private string Counted =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(IsPartial ? "at least " : string.Empty)}{DifferenceCount} difference{(DifferenceCount == 1 ? string.Empty : "s")}"
        );
}
