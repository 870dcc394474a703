namespace OpenAICassette.Formats.Yaml;

/// <summary>Represents where the characters of a scalar's value come from.</summary>
/// <param name="starts">The index in the text for each character of the value, and for its end.</param>
/// <param name="ends">
/// For characters before which the text has something that means nothing, such as an escaped line break, the index at
/// which that begins.
/// </param>
internal sealed class ScalarPlaces(int[] starts, IReadOnlyDictionary<int, int> ends)
{
    /// <summary>Gets the index in the text for each character of the value, and for its end.</summary>
    public int[] Starts => starts;

    /// <summary>Returns the index in the text at which the characters before a character end.</summary>
    public int EndBefore(int index) => ends.TryGetValue(index, out var end) ? end : starts[index];
}
