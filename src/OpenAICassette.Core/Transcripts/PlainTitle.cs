using System.Buffers;
using OpenAICassette.Conversations;

namespace OpenAICassette.Transcripts;

/// <summary>Finds plain words for the title of a conversation: no markup, no hash, one line.</summary>
internal static class PlainTitle
{
    private const int LongestName = 40;
    private const int EndOfName = 14;

    private static readonly SearchValues<char> s_marks = SearchValues.Create("#>-+*= ");

    /// <summary>Returns the last thing that was asked in the first call; otherwise the endpoint or the file.</summary>
    public static string Of(Transcript transcript, int longest = 100)
    {
        var asked = Asked(transcript.Conversations[0], longest);
        var endpoint = $"{transcript.Interaction.Method} {transcript.Interaction.Endpoint}".Trim();
        return asked.Length > 0 ? asked
            : transcript.Interaction.Endpoint is { Length: > 0 } ? InertText.Of(Shortened.To(endpoint, longest))
            : OfFile(transcript.Name);
    }

    /// <summary>Returns the words of the last message that a person wrote; empty if there is none.</summary>
    public static string Asked(Conversation conversation, int longest)
    {
        var asked = conversation.Messages.LastOrDefault(message => message.Role == "user" && HasWords(message));
        return asked is null ? string.Empty : Words(WordsOf(asked), longest);
    }

    /// <summary>Returns the first words of a text, without the signs of Markdown.</summary>
    public static string Words(string text, int longest)
    {
        text = PromptTokens.Strip(text);

        // Markup is a few characters a word; what is cut off far behind is never shown.
        var start = text.AsSpan(0, Math.Min(text.Length, (longest * 4) + 200)).ToString();
        var words = start
            .Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(line => WithoutMark(line).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Select(Bare)
            .Where(word => word.Length > 0);
        return InertText.Of(Shortened.To(string.Join(' ', words), longest));
    }

    /// <summary>Returns the name of a file; a long one, such as a hash, is shortened in the middle.</summary>
    public static string OfFile(string name, int longest = LongestName)
    {
        var end = Math.Min(EndOfName, longest / 2);
        return name.Length <= longest ? name : $"{name[..(longest - end - 1)]}…{name[^end..]}";
    }

    private static bool HasWords(Message message) => !string.IsNullOrWhiteSpace(WordsOf(message));

    /// <summary>Returns what was written; of a message that is only sound, what is spoken.</summary>
    private static string WordsOf(Message message) =>
        string.IsNullOrWhiteSpace(message.Text)
            ? string.Join(' ', message.Parts.Select(part => part.Spoken))
            : message.Text;

    /// <summary>Returns a line without the signs of a heading, a quote or a list; nothing of a rule.</summary>
    private static string WithoutMark(string line)
    {
        var text = line.AsSpan().Trim();
        var mark = text.IndexOfAnyExcept(s_marks);
        return mark < 0 ? string.Empty
            : mark > 0 && text[mark - 1] == ' ' ? text[mark..].ToString()
            : text.ToString();
    }

    /// <summary>Returns a word without the signs of emphasis and code.</summary>
    private static string Bare(string word)
    {
        var bare = word.Replace("**", string.Empty, StringComparison.Ordinal)
            .Replace("`", string.Empty, StringComparison.Ordinal);
        bare = bare.Length > 1 ? bare.Trim('*') : bare;
        return bare.StartsWith("__", StringComparison.Ordinal) ? bare.Trim('_') : bare;
    }
}
