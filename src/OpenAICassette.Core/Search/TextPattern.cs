using System.Text.RegularExpressions;

namespace OpenAICassette.Search;

/// <summary>A pattern that texts are searched for.</summary>
internal sealed class TextPattern
{
    /// <summary>Limit for one text, for patterns that only a search with backtracking understands.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    private readonly Regex _regex;

    private TextPattern(Regex regex, TextScreen? screen)
    {
        _regex = regex;
        Screen = screen;
    }

    /// <summary>
    /// Gets what rules files out by their bytes; null if there are no texts of which a match must have one.
    /// </summary>
    public TextScreen? Screen { get; }

    /// <summary>Creates a pattern.</summary>
    /// <param name="pattern">A regular expression, or a text.</param>
    /// <param name="isText">Whether it is a text.</param>
    /// <param name="ignoresCase">Whether upper and lower case are the same.</param>
    /// <exception cref="ArgumentException">The regular expression is not valid.</exception>
    public static TextPattern Create(string pattern, bool isText, bool ignoresCase)
    {
        var options = RegexOptions.CultureInvariant | RegexOptions.Multiline;
        options |= ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None;
        var source = isText ? Regex.Escape(pattern) : pattern;
        return new TextPattern(
            Build(source, options),
            TextScreen.Create(RequiredText.Find(source, ignoresCase), ignoresCase)
        );
    }

    /// <summary>Returns the first match in a text, from a position on.</summary>
    public Match Find(string text, int start) => _regex.Match(text, start);

    /// <summary>Returns whether a text matches.</summary>
    public bool IsIn(ReadOnlySpan<char> text) => _regex.IsMatch(text);

    private static Regex Build(string source, RegexOptions options)
    {
        try
        {
            return new Regex(source, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(source, options, s_longest);
        }
    }
}
