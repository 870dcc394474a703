using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Plain text: who speaks in the first column, what is said in the second. What is said is there to the character; of
/// the lines of one entry, all but the first are indented by <see cref="Column"/> spaces, so that no text can pass for
/// a speaker.
/// </summary>
internal static class TextTranscript
{
    /// <summary>Where what is said begins.</summary>
    public const int Column = 11;

    private static readonly string s_lineEnd = "\n" + new string(' ', Column);

    /// <summary>Renders a transcript, without a final line end.</summary>
    public static string Render(Transcript transcript)
    {
        var text = new StringBuilder();
        foreach (var entry in TranscriptEntry.Of(transcript))
        {
            var speaker = InertText.Of(entry.Speaker);
            text.Append(text.Length > 0 ? "\n" : string.Empty)
                .Append(speaker.Length < Column ? speaker.PadRight(Column) : speaker + " ")
                .Append(
                    InertText
                        .OfLines(entry.Text.ReplaceLineEndings("\n"))
                        .Replace("\n", s_lineEnd, StringComparison.Ordinal)
                );
        }

        return text.ToString();
    }
}
