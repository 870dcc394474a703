using System.Globalization;

namespace OpenAICassette;

/// <summary>Represents a line of recorded text that matches a pattern.</summary>
/// <param name="Path">The path of the file, or the name of a cassette without a file.</param>
/// <param name="Index">The position of the interaction in the cassette, from 0.</param>
/// <param name="Place">
/// The text: <c>request</c> or <c>response</c> with a JSON pointer, or <c>answer</c> with its number for what was said.
/// </param>
/// <param name="Line">The whole line.</param>
public sealed record TextMatch(string Path, int Index, string Place, string Line)
{
    /// <summary>Gets who said the text; null if it is not the text of a message.</summary>
    public string? Role { get; init; }

    /// <summary>Gets the number of the line in its text, from 1.</summary>
    public int LineNumber { get; init; } = 1;

    /// <summary>Gets where the match starts in the line, from 0.</summary>
    public int Start { get; init; }

    /// <summary>Gets the number of characters of the match in the line.</summary>
    public int Length { get; init; }

    /// <summary>Gets the text that matches.</summary>
    public string Match => Line.Substring(Start, Length);

    /// <summary>Returns the path, the interaction, the place and the line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Path}:{Index}: {Place}: {Line}");
}
