using System.Globalization;

namespace OpenAICassette.Transcripts;

/// <summary>Formats the arguments and results of tools.</summary>
internal static class ToolText
{
    /// <summary>Returns the result of a tool.</summary>
    public static string Of(Turn result) => string.Join('\n', result.Parts.Select(part => part.ToString()));

    /// <summary>Returns how long a tool took, for example: (2.3 s); an empty text if that is not known.</summary>
    public static string Took(Turn call, Turn? result) =>
        Transcript.DurationOf(call, result) is { } time
            ? string.Create(CultureInfo.InvariantCulture, $" ({time.TotalSeconds:0.0} s)")
            : string.Empty;

    /// <summary>Returns a text, shortened with its full length if it is too long.</summary>
    public static string Shortened(string text, int longest) =>
        text.Length <= longest
            ? text
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Conversations.Shortened.To(text, longest)} ({text.Length:N0} characters)"
            );
}
