namespace OpenAICassette.Transcripts;

/// <summary>Represents the terminal sequences that begin and end a style.</summary>
/// <param name="Speaker">Begins the name of a speaker.</param>
/// <param name="Aside">Begins additional information.</param>
/// <param name="Error">Begins an error.</param>
/// <param name="Reset">Ends a style.</param>
/// <param name="Removed">Begins words that are only in the old text.</param>
/// <param name="Added">Begins words that are only in the new text.</param>
public sealed record ScreenStyle(
    string Speaker,
    string Aside,
    string Error,
    string Reset,
    string Removed = "",
    string Added = ""
)
{
    /// <summary>Gets the style without sequences.</summary>
    public static ScreenStyle None { get; } = new(string.Empty, string.Empty, string.Empty, string.Empty);

    /// <summary>Gets the style for terminals: bold, dim, red, and red and green for words.</summary>
    public static ScreenStyle Terminal { get; } =
        new("\u001b[1m", "\u001b[2m", "\u001b[31m", "\u001b[0m", "\u001b[31m", "\u001b[32m");

    /// <summary>Returns a text in a style.</summary>
    internal string In(string style, string text) =>
        style.Length == 0 || string.IsNullOrWhiteSpace(text) ? text : style + text + Reset;
}
