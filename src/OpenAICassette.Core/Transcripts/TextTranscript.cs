using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>Plain text: who speaks in the first column, what is said in the second.</summary>
internal static class TextTranscript
{
    /// <summary>Where what is said begins.</summary>
    public const int Column = 11;

    /// <summary>Renders a transcript, without a final line end.</summary>
    public static string Render(Transcript transcript)
    {
        var text = new StringBuilder();
        foreach (var turn in transcript.Turns)
        {
            var label = turn.Role;
            foreach (var said in Said(turn.Message).DefaultIfEmpty(string.Empty))
            {
                Line(text, label, said);
                label = string.Empty;
            }
        }

        if (transcript.Error is { } error)
        {
            Line(text, "error", error.ToString());
        }

        if (TranscriptRenderer.Footer(transcript) is { Length: > 0 } footer)
        {
            Line(text, string.Empty, footer);
        }

        // Without the last line end.
        text.Length = Math.Max(text.Length - 1, 0);
        return text.ToString();
    }

    private static IEnumerable<string> Said(Message message)
    {
        if (message.Reasoning is { } reasoning)
        {
            yield return $"[reasoning] {reasoning}";
        }

        foreach (var part in message.Parts)
        {
            yield return part.ToString();
        }

        if (message.Refusal is { } refusal)
        {
            yield return $"[refusal] {refusal}";
        }

        foreach (var call in message.ToolCalls)
        {
            yield return $"[call] {call}";
        }
    }

    /// <summary>One entry; the lines after its first stand under the first.</summary>
    private static void Line(StringBuilder text, string label, string said)
    {
        text.Append(label.Length < Column ? label.PadRight(Column) : label + " ");
        foreach (var line in said.ReplaceLineEndings("\n").Split('\n').Index())
        {
            text.Append(' ', line.Index == 0 ? 0 : Column).Append(line.Item).Append('\n');
        }
    }
}
