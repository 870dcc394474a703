namespace OpenAICassette.Formats;

/// <summary>Says which ids of findings concern which audience.</summary>
internal static class HealthAudiences
{
    private static readonly Dictionary<string, HealthAudience> s_audiences = new(StringComparer.OrdinalIgnoreCase)
    {
        [HealthId.Unreadable] = HealthAudience.Replay,
        [HealthId.InternalError] = HealthAudience.Replay,
        [HealthId.FinishReasonMissing] = HealthAudience.Replay,
        [HealthId.FinishReasonRepeated] = HealthAudience.Replay,
        [HealthId.ToolArguments] = HealthAudience.Replay,
        [HealthId.StreamEnd] = HealthAudience.Replay,
        [HealthId.StatusBody] = HealthAudience.Replay,
        [HealthId.BodyMissing] = HealthAudience.Replay,
        [HealthId.BodyBroken] = HealthAudience.Replay,
        [HealthId.ContentLength] = HealthAudience.Replay,
        [HealthId.UsageTotal] = HealthAudience.Replay,
        [HealthId.Streaming] = HealthAudience.Replay,
        [HealthId.NameNotKey] = HealthAudience.Recorder,
        [HealthId.KeyUnknown] = HealthAudience.Recorder,
        [HealthId.KeySuperseded] = HealthAudience.Recorder,
        [HealthId.ModelDigest] = HealthAudience.Recorder,
        [HealthId.ResponseId] = HealthAudience.Recorder,
        [HealthId.Directory] = HealthAudience.Recorder,
        [HealthId.DuplicateName] = HealthAudience.Recorder,
        [HealthId.UnknownMember] = HealthAudience.Recorder,
        [HealthId.UnknownType] = HealthAudience.Recorder,
        [HealthId.NotCanonical] = HealthAudience.Recorder,
        [HealthId.DuplicateContent] = HealthAudience.Repository,
        [HealthId.Secrets] = HealthAudience.Repository,
        [HealthId.Unused] = HealthAudience.Repository,
    };

    /// <summary>Gets all ids, in alphabetical order.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. s_audiences.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Returns the audience of an id. What a format of another program finds concerns everybody.</summary>
    public static HealthAudience Of(string id) => s_audiences.GetValueOrDefault(id, HealthAudience.Replay);
}
