namespace OpenAICassette;

/// <summary>Specifies how requests are answered from cassettes.</summary>
public sealed record ReplayOptions
{
    /// <summary>Specifies when a request matches a recording.</summary>
    public MatchOptions Match { get; init; } = new();

    /// <summary>Gets the pace of streams.</summary>
    public ReplayPace Pace { get; init; } = ReplayPace.None;

    /// <summary>Gets the faults to inject; null for none.</summary>
    public FaultPlan? Faults { get; init; }
}
