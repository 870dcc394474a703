using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>Plain text: who speaks in the first column, what is said in the second.</summary>
internal static class TextTranscript
{
    private const int Column = 11;

    /// <summary>Renders a transcript, without a final line end.</summary>
    /// <param name="transcript">The transcript.</param>
    /// <param name="width">How many characters a line has at most; 0 to leave lines as they were said.</param>
    public static string Render(Transcript transcript, int width = 0)
    {
        var text = new StringBuilder();
        var room = width == 0 ? int.MaxValue : Math.Max(width - Column, Column);
        foreach (var turn in transcript.Turns)
        {
            var label = turn.Role;
            foreach (var said in Said(turn.Message).DefaultIfEmpty(string.Empty))
            {
                Line(text, label, said, room);
                label = string.Empty;
            }
        }

        if (transcript.Error is { } error)
        {
            Line(text, "error", error.ToString(), room);
        }

        if (TranscriptRenderer.Footer(transcript) is { Length: > 0 } footer)
        {
            Line(text, string.Empty, footer, room);
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
    private static void Line(StringBuilder text, string label, string said, int room)
    {
        var head = label.Length < Column ? label.PadRight(Column) : label + " ";
        foreach (var line in said.ReplaceLineEndings("\n").Split('\n').SelectMany(line => Broken(line, room)))
        {
            text.Append(head).Append(line).Append('\n');
            head = new string(' ', Column);
        }
    }

    /// <summary>A line broken at spaces where it is too long, and within a word that is too long by itself.</summary>
    private static IEnumerable<string> Broken(string line, int room)
    {
        while (line.Length > room)
        {
            var space = line.LastIndexOf(' ', room);
            var end = space > 0 ? space : room;
            yield return line[..end];
            line = line[(space > 0 ? end + 1 : end)..];
        }

        yield return line;
    }
}
