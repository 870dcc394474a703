using System.Text.RegularExpressions;

namespace OpenAICassette.Text;

/// <summary>
/// Finds what build servers obey when it stands in the log of a step: lines that begin with <c>::name::</c> (GitHub),
/// and <c>##[name]</c>, <c>##vso[…]</c> (Azure Pipelines) and <c>##teamcity[…]</c> anywhere.
/// </summary>
internal static partial class WorkflowCommands
{
    /// <summary>Returns a text in which no line is a command: a space stands between its two marks.</summary>
    /// <param name="text">The text, of one or several lines.</param>
    public static string Disarm(string text) => MayHave(text) ? Command().Replace(text, "${mark} ") : text;

    /// <summary>Returns JSON on one line in which nothing is a command: a mark is written as an escape.</summary>
    /// <param name="json">The JSON, in which marks can only be in texts.</param>
    public static string DisarmJson(string json) =>
        json.Contains("##", StringComparison.Ordinal) ? Command().Replace(json, Escaped) : json;

    /// <summary>Returns the positions of the second marks of commands.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<int> In(string text) =>
        MayHave(text) ? [.. Command().Matches(text).Select(match => match.Index + match.Length)] : [];

    /// <summary>Returns false if a text surely has no command.</summary>
    /// <param name="text">The text, of one or several lines.</param>
    public static bool MayHave(ReadOnlySpan<char> text) =>
        text.Contains("##", StringComparison.Ordinal) || text.Contains("::", StringComparison.Ordinal);

    private static string Escaped(Match match) => match.Value == "#" ? "\\u0023" : match.Value;

    [GeneratedRegex(
        """(?<=^[ \t]*)(?<mark>:)(?=:[a-z][a-z-]*[^\n]*?::)|(?<mark>\#)(?=\#(?:[a-z]+)?\[)""",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Command();
}
