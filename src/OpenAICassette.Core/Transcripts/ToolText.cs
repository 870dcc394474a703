using System.Globalization;

namespace OpenAICassette.Transcripts;

/// <summary>What tools are given and give, as text.</summary>
internal static class ToolText
{
    /// <summary>What a tool answered.</summary>
    public static string Of(Turn result) => string.Join('\n', result.Parts.Select(part => part.ToString()));

    /// <summary>A text cut where it is too long, with its full length.</summary>
    public static string Shortened(string text, int longest) =>
        text.Length <= longest
            ? text
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Conversations.Shortened.To(text, longest)} ({text.Length:N0} characters)"
            );
}
