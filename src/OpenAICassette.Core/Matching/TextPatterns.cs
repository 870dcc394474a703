using System.Text.RegularExpressions;

namespace OpenAICassette.Matching;

/// <summary>
/// Replaces the parts of a text that change from run to run, so that texts that differ only in these are equal.
/// </summary>
internal sealed class TextPatterns
{
    /// <summary>What stands for a part that is left out, whatever it was.</summary>
    private const string Left = "\u2026";

    private const string Date =
        @"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?)?\b"
        + @"|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? (?:\d\d? )?[A-Z][a-z]+(?: \d\d?,?)?(?: \d{4})?(?: \d\d:\d\d(?::\d\d)?)?(?: [A-Z]{3,4})?(?: \d{4})?\b"
        + @"|\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b";

    /// <summary>With a unit, or as the value of a member such as duration_seconds.</summary>
    private const string Duration =
        @"\b\d+(?:[.,]\d+)? ?(?:ns|[\u00b5\u03bcu]s|ms|s|sec|secs|seconds?|milliseconds?|minutes?|mins?)\b"
        + @"|\b(?:duration|elapsed|wall_time)\w*\\?""?\s*[:=]\s*\d+(?:\.\d+)?";

    private const string Uuid = @"\b[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\b";

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly Regex[] _patterns;

    private TextPatterns(Regex[] patterns)
    {
        _patterns = patterns;
    }

    /// <summary>Gets the patterns that have a name.</summary>
    public static IReadOnlyDictionary<string, string> Named { get; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            // What these agents tell about themselves and the day, and their tools about a command.
            ["claude-code"] = $@"\bcch=[0-9a-f]+|{Uuid}|{Duration}|{Date}",
            ["codex"] = $@"\bChunk ID: [0-9a-f]+|{Uuid}|{Duration}|{Date}",
            ["date"] = Date,
            ["duration"] = Duration,
            ["path"] = @"(?:\b[A-Za-z]:[\\/]|\\\\|/)(?:[\w.+@~-]+[\\/])+[\w.+@~-]*",
            ["uuid"] = Uuid,
        };

    /// <summary>Gets the names of the patterns for what changes in any text.</summary>
    public static IReadOnlyList<string> General { get; } = ["date", "duration", "path", "uuid"];

    /// <summary>Reads patterns.</summary>
    /// <param name="patterns">Names of <see cref="Named"/> and regular expressions.</param>
    /// <returns>The patterns; null if there are none.</returns>
    /// <exception cref="ArgumentException">A pattern is not a valid regular expression.</exception>
    public static TextPatterns? Parse(IReadOnlyCollection<string> patterns) =>
        patterns.Count == 0 ? null : new([.. patterns.Select(Read)]);

    /// <summary>Returns a text without the parts that change.</summary>
    public string Without(string text)
    {
        foreach (var pattern in _patterns)
        {
            text = pattern.Replace(text, Left);
        }

        return text;
    }

    /// <summary>Returns what is wrong with a pattern; null if nothing is.</summary>
    public static string? ProblemOf(string pattern)
    {
        try
        {
            _ = Read(pattern);
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    private static Regex Read(string pattern)
    {
        try
        {
            return new Regex(Named.GetValueOrDefault(pattern, pattern), Options);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ArgumentException(
                $"'{pattern}' is neither {string.Join(", ", Named.Keys)} nor a regular expression without look-around and "
                    + $"back references: {e.Message}",
                e
            );
        }
    }
}
