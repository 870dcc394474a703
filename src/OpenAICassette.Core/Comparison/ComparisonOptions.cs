using OpenAICassette.Comparison;
using OpenAICassette.Matching;

namespace OpenAICassette;

/// <summary>Specifies what a comparison ignores.</summary>
public sealed record ComparisonOptions
{
    /// <summary>
    /// Gets the members to ignore, by their place, for example <c>usage</c>, <c>choices[*].logprobs</c> or
    /// <c>/messages/*/name</c>; a single name means the member of that name anywhere. What is inside is ignored too.
    /// </summary>
    public IReadOnlyList<string> IgnoreMembers
    {
        get;
        init => field = value.ToArray();
    } = Array.Empty<string>();

    /// <summary>
    /// Gets the parts of texts to ignore: the names claude-code, codex, date, duration, path and uuid, and regular expressions without
    /// look-around and back references.
    /// </summary>
    public IReadOnlyList<string> IgnoreTexts
    {
        get;
        init => field = value.ToArray();
    } = Array.Empty<string>();

    /// <summary>Gets which differences count.</summary>
    public ComparisonPreset Preset { get; init; }

    /// <summary>Returns the function that says which differences count.</summary>
    /// <exception cref="ArgumentException">A member or a pattern is not valid.</exception>
    internal Func<CassetteDifference, bool> Filter()
    {
        var members = IgnoreMembers.Select(PlacePattern.Parse).ToList();
        var names = Preset == ComparisonPreset.Meaning ? TextPatterns.General : [];
        var texts = TextPatterns.Parse([.. names, .. IgnoreTexts]);
        return difference =>
            Counts(difference)
            && !members.Exists(member => member.Matches(difference.Place))
            && (texts is null || !AreSame(texts, difference));
    }

    private static bool AreSame(TextPatterns texts, CassetteDifference difference) =>
        difference is { Old: { } before, New: { } after } && texts.Without(before) == texts.Without(after);

    private bool Counts(CassetteDifference difference) =>
        Preset switch
        {
            ComparisonPreset.Meaning => difference.Area != DifferenceArea.Response
                && !difference.Place.EndsWith(".logprobs", StringComparison.Ordinal),
            ComparisonPreset.Answer => difference.Area == DifferenceArea.Answer,
            ComparisonPreset.Request => difference.Area == DifferenceArea.Request,
            _ => true,
        };
}

/// <summary>Specifies which differences count.</summary>
public enum ComparisonPreset
{
    /// <summary>All differences, except members that change with every call.</summary>
    All,

    /// <summary>
    /// What was asked and answered: no token counts, times, log probabilities and other members of responses, and no
    /// dates, durations, paths and UUIDs in texts.
    /// </summary>
    Meaning,

    /// <summary>Only the answers.</summary>
    Answer,

    /// <summary>Only the requests.</summary>
    Request,
}
