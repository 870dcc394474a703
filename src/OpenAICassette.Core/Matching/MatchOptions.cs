using OpenAICassette.Apis;
using OpenAICassette.Matching;

namespace OpenAICassette;

/// <summary>When a request is the one that was recorded.</summary>
public sealed record MatchOptions
{
    private static readonly string[] s_volatile = ApiFamilies.Names(words => words.VolatileRequestMembers);

    /// <summary>
    /// The members that do not count, as JSON pointers, when no recording matches exactly: they change from run to run and leave the
    /// answer what it is. Members that are null and what tool calls' ids are called never count then, and one part of text is the
    /// same as its text.
    /// </summary>
    public static IReadOnlyList<string> VolatileMembers { get; } = Array.AsReadOnly(s_volatile);

    /// <summary>More members that do not count, as JSON pointers in which * stands for any member or element.</summary>
    public IReadOnlyList<string> IgnoreMembers { get; init => field = value.ToArray(); } = Array.Empty<string>();

    /// <summary>True when only exact matches count.</summary>
    public bool Strict { get; init; }

    /// <summary>What is played when one request was recorded several times.</summary>
    public PlaySequence Sequence { get; init; }

    /// <summary>All that is ignored.</summary>
    internal MemberPatterns Ignored => field ??= MemberPatterns.Parse([.. s_volatile, .. IgnoreMembers]);
}
