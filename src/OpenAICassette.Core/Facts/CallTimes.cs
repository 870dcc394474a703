namespace OpenAICassette.Facts;

/// <summary>Represents when a call was sent and how long it took; null for what was not recorded.</summary>
/// <param name="StartedAt">When the request was sent.</param>
/// <param name="Duration">The time from the request to the end of the response.</param>
/// <param name="TimeToFirstFrame">The time from the request to the first frame of a stream.</param>
internal readonly record struct CallTimes(DateTimeOffset? StartedAt, TimeSpan? Duration, TimeSpan? TimeToFirstFrame)
{
    /// <summary>Reads the times of an interaction.</summary>
    public static CallTimes Of(Interaction interaction)
    {
        var times = interaction.Response.Frames.Select(frame => frame.At).OfType<TimeSpan>().ToArray();
        return new CallTimes(
            interaction.Request.SentAt,
            interaction.Response.EndedAt ?? (times.Length > 0 ? times[^1] : null),
            times.Length > 0 ? times[0] : null
        );
    }
}
