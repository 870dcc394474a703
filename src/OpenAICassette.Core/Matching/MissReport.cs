using System.Globalization;

namespace OpenAICassette;

/// <summary>Why no recording answers a request: the nearest one, and what is different.</summary>
public sealed record MissReport
{
    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path that was asked for, without its query.</summary>
    public required string Path { get; init; }

    /// <summary>The reason in one line.</summary>
    public required string Reason { get; init; }

    /// <summary>The recording that is most like the request; null when there is none of this operation.</summary>
    public Interaction? Nearest { get; init; }

    /// <summary>What is different from the nearest recording, the most important first: at most 20 differences and 11 KB of text.</summary>
    public IReadOnlyList<RequestDifference> Differences { get; init => field = value.ToArray(); } = Array.Empty<RequestDifference>();

    /// <summary>How many differences were found, those included that <see cref="Differences"/> has no place for.</summary>
    public int DifferenceCount { get; init; }

    /// <summary>True when the requests are too large to be compared to their end, so that there may be more differences.</summary>
    public bool IsPartial { get; init; }

    /// <summary>All in one line: what was asked for, the nearest recording, and the first difference.</summary>
    public string Message => Nearest is null
        ? $"no recording matches {Asked}: {Reason}"
        : $"no recording matches {Asked}; nearest is {Nearest.Cassette.RelativePath}: {Reason}"
            + (DifferenceCount > 1 ? $" ({Counted})" : string.Empty);

    /// <summary>The report on several lines.</summary>
    public override string ToString()
    {
        var lines = Nearest is null || Differences.Count == 0
            ? [Reason]
            : Differences.Select(difference => difference.Message).Prepend($"nearest  {Nearest.Cassette.RelativePath} ({Counted})");
        if (DifferenceCount > Differences.Count)
        {
            lines = lines.Append(string.Create(CultureInfo.InvariantCulture, $"… and {DifferenceCount - Differences.Count} more"));
        }

        return string.Join("\n  ", lines.Prepend($"no recording matches {Asked}"));
    }

    /// <summary>About how much memory it holds, in bytes.</summary>
    internal long Bytes => sizeof(char) * Differences.Sum(difference
        => (long)difference.Pointer.Length + difference.Message.Length + (difference.Recorded?.Length ?? 0) + (difference.Received?.Length ?? 0));

    private string Asked => $"{Matching.DifferenceText.Line(Method)} {Matching.DifferenceText.Line(Path)}";

    private string Counted => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsPartial ? "at least " : string.Empty)}{DifferenceCount} difference{(DifferenceCount == 1 ? string.Empty : "s")}");
}
