namespace OpenAICassette.Transcripts;

/// <summary>The terminal sequences that begin and end a style.</summary>
/// <param name="Speaker">Begins the name of a speaker.</param>
/// <param name="Aside">Begins what is told beside what is said.</param>
/// <param name="Error">Begins an error.</param>
/// <param name="Reset">Ends each of them.</param>
public sealed record ScreenStyle(string Speaker, string Aside, string Error, string Reset)
{
    /// <summary>No style.</summary>
    public static ScreenStyle None { get; } = new(string.Empty, string.Empty, string.Empty, string.Empty);

    /// <summary>A style for terminals: bold, dim, red.</summary>
    public static ScreenStyle Terminal { get; } = new("\u001b[1m", "\u001b[2m", "\u001b[31m", "\u001b[0m");

    /// <summary>A text in a style.</summary>
    internal string In(string style, string text) =>
        style.Length == 0 || string.IsNullOrWhiteSpace(text) ? text : style + text + Reset;
}
