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

    /// <summary>What is different from the nearest recording, the most important first.</summary>
    public IReadOnlyList<RequestDifference> Differences { get; init => field = value.ToArray(); } = Array.Empty<RequestDifference>();

    /// <summary>All in one line: what was asked for, the nearest recording, and the first difference.</summary>
    public string Message => Nearest is null
        ? $"no recording matches {Asked}: {Reason}"
        : $"no recording matches {Asked}; nearest is {Nearest.Cassette.RelativePath}: {Reason}"
            + (Differences.Count > 1 ? $" ({Count(Differences.Count)})" : string.Empty);

    /// <summary>The report on several lines.</summary>
    public override string ToString()
    {
        var lines = Nearest is null || Differences.Count == 0
            ? [Reason]
            : Differences.Select(difference => difference.Message).Prepend($"nearest  {Nearest.Cassette.RelativePath} ({Count(Differences.Count)})");
        return string.Join("\n  ", lines.Prepend($"no recording matches {Asked}"));
    }

    private string Asked => $"{Method} {Matching.DifferenceText.Line(Path)}";

    private static string Count(int differences) => differences == 1 ? "1 difference" : $"{differences} differences";
}
