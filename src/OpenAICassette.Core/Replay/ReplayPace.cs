namespace OpenAICassette;

/// <summary>
/// Specifies when the events of a replay are due. One chunk counts as one token. A recording without times, such as
/// those of Llama Stack, is assumed to start after <see cref="NominalTimeToFirstToken"/> and continue at
/// <see cref="NominalTokensPerSecond"/>.
/// </summary>
public sealed record ReplayPace
{
    /// <summary>The assumed delay before the first event of a recording without times.</summary>
    public static readonly TimeSpan NominalTimeToFirstToken = TimeSpan.FromMilliseconds(400);

    /// <summary>The assumed rate of a recording without times, in tokens per second.</summary>
    public const double NominalTokensPerSecond = 40;

    /// <summary>The upper limit for a delay; timers reject longer ones.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);

    /// <summary>Gets a pace without delays.</summary>
    public static ReplayPace None { get; } = new();

    /// <summary>Gets the speed relative to the recording; null for no delay.</summary>
    public double? Speed { get; init; }

    /// <summary>
    /// Gets the number of events per second after the first one, regardless of the recording; null to use
    /// <see cref="Speed"/>.
    /// </summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>
    /// Gets the delay before the first event, regardless of the recording; null to use <see cref="Speed"/>.
    /// </summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>Gets whether every event is due immediately.</summary>
    internal bool IsNone => Speed is null && TokensPerSecond is null && TimeToFirstToken is null;

    /// <summary>Returns the due time of an event, relative to the start of the replay.</summary>
    /// <param name="index">The zero-based position of the event.</param>
    public TimeSpan Due(int index) => Due(index, []);

    /// <summary>Returns the due time of an event, relative to the start of the replay.</summary>
    /// <param name="index">The zero-based position of the event.</param>
    /// <param name="recorded">The recorded times of the events, if the recording contains times.</param>
    internal TimeSpan Due(int index, IReadOnlyList<TimeSpan> recorded)
    {
        double? RecordedAt(int at) =>
            recorded.Count == 0 ? null : recorded[Math.Min(at, recorded.Count - 1)].TotalSeconds;
        var first = TimeToFirstToken?.TotalSeconds
            ?? ((RecordedAt(0) ?? NominalTimeToFirstToken.TotalSeconds) / Speed)
            ?? 0;
        var later =
            TokensPerSecond is { } rate ? index / rate
            : RecordedAt(index) is { } time ? (time - RecordedAt(0)) / Speed
            : index / (NominalTokensPerSecond * Speed);
        return TimeSpan.FromSeconds(Math.Clamp(first + later ?? first, 0, s_longest.TotalSeconds));
    }
}
