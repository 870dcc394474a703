using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// A text transcript made fit for a screen: long lines are broken between words and go on in the second column, and control
/// characters, which could play tricks with a terminal, are shown and not sent.
/// </summary>
public static class ScreenText
{
    private const int DefaultWidth = 80;

    /// <summary>Unicode's pictures of the control characters begin here.</summary>
    private const char FirstControlPicture = '\u2400';

    /// <summary>Fits a text transcript to a screen.</summary>
    /// <param name="text">The transcript as text.</param>
    /// <param name="width">How many characters a line has at most; 80 where the screen does not tell.</param>
    public static string Fit(string text, int width)
    {
        ArgumentNullException.ThrowIfNull(text);
        var room = Math.Max(width > 0 ? width : DefaultWidth, TextTranscript.Column * 2);
        return string.Join('\n', text.Split('\n').SelectMany(line => Broken(Shown(line), room)));
    }

    private static string Shown(string line)
    {
        if (!line.Any(unit => char.IsControl(unit) && unit != '\t'))
        {
            return line;
        }

        var shown = new StringBuilder(line.Length);
        foreach (var unit in line)
        {
            shown.Append(unit == '\t' || !char.IsControl(unit) ? unit : unit < ' ' ? (char)(FirstControlPicture + unit) : '\ufffd');
        }

        return shown.ToString();
    }

    /// <summary>A line broken at spaces where it is too long, and within a word, but not within a character, that is too long by itself.</summary>
    private static IEnumerable<string> Broken(string line, int room)
    {
        var indent = new string(' ', TextTranscript.Column);
        while (line.Length > room)
        {
            var space = line.LastIndexOf(' ', room);
            var end = space > TextTranscript.Column ? space : char.IsHighSurrogate(line[room - 1]) ? room - 1 : room;
            yield return line[..end];
            line = indent + line[(space > TextTranscript.Column ? end + 1 : end)..];
        }

        yield return line;
    }
}
