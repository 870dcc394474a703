using OpenAICassette.Apis;
using OpenAICassette.Matching;

namespace OpenAICassette;

/// <summary>Specifies when a request matches a recording.</summary>
public sealed record MatchOptions
{
    private static readonly string[] s_volatile = ApiFamilies.Names(words => words.VolatileRequestMembers);

    /// <summary>
    /// Gets the members to ignore if no recording matches exactly, as JSON pointers: they change from run to run but do
    /// not affect the answer. Null members and the ids of tool calls are then ignored too, and a single text part
    /// equals its text.
    /// </summary>
    public static IReadOnlyList<string> VolatileMembers { get; } = Array.AsReadOnly(s_volatile);

    /// <summary>Gets additional members to ignore, as JSON pointers in which * matches any member or element.</summary>
    public IReadOnlyList<string> IgnoreMembers
    {
        get;
        init => field = value.ToArray();
    } = Array.Empty<string>();

    /// <summary>
    /// Gets the parts of texts to ignore if no recording matches exactly: the names claude-code, codex, date, duration, path and
    /// uuid, and regular expressions without look-around and back references.
    /// </summary>
    public IReadOnlyList<string> IgnoreTexts
    {
        get;
        init => field = value.ToArray();
    } = Array.Empty<string>();

    /// <summary>Gets whether only exact matches are allowed.</summary>
    public bool Strict { get; init; }

    /// <summary>Gets what is played if the same request was recorded several times.</summary>
    public PlaySequence Sequence { get; init; }

    /// <summary>Gets everything that is ignored in messages of a WebSocket.</summary>
    internal MemberPatterns IgnoredInMessages =>
        field ??= MemberPatterns.Parse(
            [.. s_volatile, .. ApiFamilies.Names(words => words.VolatileMessageMembers), .. IgnoreMembers],
            TextPatterns.Parse(IgnoreTexts)
        );

    /// <summary>Gets everything that is ignored.</summary>
    internal MemberPatterns Ignored =>
        field ??= MemberPatterns.Parse([.. s_volatile, .. IgnoreMembers], TextPatterns.Parse(IgnoreTexts));
}
