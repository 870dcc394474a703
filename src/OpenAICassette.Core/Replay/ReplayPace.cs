namespace OpenAICassette;

/// <summary>
/// When the events of a replay are due. One chunk counts as one token. A recording that holds no times, and those of Llama Stack hold
/// none, is taken to have begun after <see cref="NominalTimeToFirstToken"/> and gone on at <see cref="NominalTokensPerSecond"/>.
/// </summary>
public sealed record ReplayPace
{
    /// <summary>The wait before the first event of a recording without times.</summary>
    public static readonly TimeSpan NominalTimeToFirstToken = TimeSpan.FromMilliseconds(400);

    /// <summary>The rate of a recording without times, in tokens per second.</summary>
    public const double NominalTokensPerSecond = 40;

    /// <summary>However slow the pace, no event is due later: longer waits than this nobody means, and timers refuse them.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);

    /// <summary>Every event at once.</summary>
    public static ReplayPace None { get; } = new();

    /// <summary>How many times as fast as recorded; null for no delay.</summary>
    public double? Speed { get; init; }

    /// <summary>Events per second after the first one, whatever was recorded; null to leave that to <see cref="Speed"/>.</summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>The wait before the first event, whatever was recorded; null to leave that to <see cref="Speed"/>.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>True when every event is due at once.</summary>
    internal bool IsNone => Speed is null && TokensPerSecond is null && TimeToFirstToken is null;

    /// <summary>When an event is due, from the start of the replay.</summary>
    /// <param name="index">The event's position, from 0.</param>
    public TimeSpan Due(int index) => Due(index, []);

    /// <summary>When an event is due, from the start of the replay.</summary>
    /// <param name="index">The event's position, from 0.</param>
    /// <param name="recorded">When the events came, for a recording that holds times.</param>
    internal TimeSpan Due(int index, IReadOnlyList<TimeSpan> recorded)
    {
        double? RecordedAt(int at) => recorded.Count == 0 ? null : recorded[Math.Min(at, recorded.Count - 1)].TotalSeconds;
        var first = TimeToFirstToken?.TotalSeconds ?? ((RecordedAt(0) ?? NominalTimeToFirstToken.TotalSeconds) / Speed) ?? 0;
        var later = TokensPerSecond is { } rate ? index / rate
            : RecordedAt(index) is { } time ? (time - RecordedAt(0)) / Speed
            : index / (NominalTokensPerSecond * Speed);
        return TimeSpan.FromSeconds(Math.Clamp(first + later ?? first, 0, s_longest.TotalSeconds));
    }
}
