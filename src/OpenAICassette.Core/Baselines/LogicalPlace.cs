using System.Globalization;

namespace OpenAICassette.Baselines;

/// <summary>
/// A place in a file that stays the same when a line, a message or an interaction is inserted before it.
/// </summary>
internal static class LogicalPlace
{
    /// <summary>Returns the place that a JSON pointer names, with an asterisk for each position in a list.</summary>
    public static string Of(string pointer) =>
        string.Join(
            '/',
            pointer
                .Split('/')
                .Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? "*" : part)
        );
}
