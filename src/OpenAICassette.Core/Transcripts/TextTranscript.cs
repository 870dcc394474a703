using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Renders plain text: the speaker in the first column, the message in the second. Messages are complete to the
/// character; all lines of an entry but the first are indented by <see cref="Column"/> spaces, so that no text can pass
/// for a speaker.
/// </summary>
internal static class TextTranscript
{
    /// <summary>The column of messages.</summary>
    public const int Column = 11;

    /// <summary>The size of what each thread keeps to write in; most transcripts are shorter.</summary>
    private const int KeptLength = 16 << 10;

    [ThreadStatic]
    private static StringBuilder? t_kept;

    private static readonly string s_lineEnd = "\n" + new string(' ', Column);

    /// <summary>Renders a transcript, without a final line end.</summary>
    public static string Render(Transcript transcript)
    {
        var text = t_kept ?? new StringBuilder(KeptLength);
        t_kept = null;
        foreach (var entry in TranscriptEntry.Of(transcript))
        {
            var speaker = InertText.Of(entry.Speaker);
            text.Append(text.Length > 0 ? "\n" : string.Empty)
                .Append(speaker.Length < Column ? speaker.PadRight(Column) : speaker + " ");
            Append(text, entry.Text);
        }

        var rendered = text.ToString();
        t_kept = text.Capacity == KeptLength ? text.Clear() : null;
        return rendered;
    }

    private static void Append(StringBuilder text, string lines)
    {
        var separator = string.Empty;
        foreach (var line in lines.AsSpan().EnumerateLines())
        {
            text.Append(separator);
            InertText.Append(text, line);
            separator = s_lineEnd;
        }
    }
}
