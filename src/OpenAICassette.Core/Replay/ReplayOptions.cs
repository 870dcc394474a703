namespace OpenAICassette;

/// <summary>How requests are answered from cassettes.</summary>
public sealed record ReplayOptions
{
    /// <summary>When a request is the one that was recorded.</summary>
    public MatchOptions Match { get; init; } = new();

    /// <summary>When the events of a stream are due.</summary>
    public ReplayPace Pace { get; init; } = ReplayPace.None;

    /// <summary>What goes wrong on purpose; null for nothing.</summary>
    public FaultPlan? Faults { get; init; }
}
