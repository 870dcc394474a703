using System.IO.Enumeration;
using OpenAICassette.Formats;

namespace OpenAICassette.Health;

/// <summary>Selects findings by their ids and audiences.</summary>
internal sealed record HealthSelection
{
    /// <summary>Gets the ids of the only findings to report; empty for all. Wildcards are allowed.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Gets the ids of findings not to report. Wildcards are allowed.</summary>
    public IReadOnlyList<string> ExcludedIds { get; init; } = [];

    /// <summary>Gets the only audiences to report for; empty for all.</summary>
    public IReadOnlyList<HealthAudience> Audiences { get; init; } = [];

    /// <summary>Returns whether findings with an id are reported.</summary>
    /// <param name="id">The id.</param>
    public bool Includes(string id) =>
        (Ids.Count == 0 || Matches(Ids, id))
        && !Matches(ExcludedIds, id)
        && (Audiences.Count == 0 || Audiences.Contains(HealthAudiences.Of(id)) || IsFailure(id));

    /// <summary>Whoever asks, a file that could not be checked is not healthy.</summary>
    private static bool IsFailure(string id) => id is HealthId.Unreadable or HealthId.InternalError;

    private static bool Matches(IReadOnlyList<string> patterns, string id) =>
        patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, id));
}
