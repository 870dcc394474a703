using System.Text.RegularExpressions;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Reads prompts that are written in the template of a model, in which special tokens such as &lt;|im_start|&gt;
/// separate the messages.
/// </summary>
internal static partial class PromptTokens
{
    /// <summary>
    /// Returns what the user said last, without tokens; if there is no such place, all but the tokens.
    /// </summary>
    public static string Strip(string prompt)
    {
        if (Token().Match(prompt) is not { Success: true })
        {
            return prompt;
        }

        if (LastUser().Match(prompt) is { Success: true } user)
        {
            var said = prompt[(user.Index + user.Length)..].TrimStart();
            var end = Token().Match(said);
            said = end.Success ? said[..end.Index] : said;
            if (!string.IsNullOrWhiteSpace(said))
            {
                return said;
            }
        }

        return Token().Replace(Header().Replace(prompt, " "), " ");
    }

    [GeneratedRegex(@"<[|｜][^|｜<>\s]{1,64}[|｜]>|</?s>|\[/?INST\]|<</?SYS>>")]
    private static partial Regex Token();

    /// <summary>The tokens around the name of a speaker, with the name.</summary>
    [GeneratedRegex(@"<\|(?:start_header_id|header_start|im_start)\|>\s*\w{1,20}\s*(?:<\|(?:end_header_id|header_end)\|>|\n)")]
    private static partial Regex Header();

    [GeneratedRegex(
        @"<\|(?:start_header_id|header_start|im_start)\|>\s*user\s*(?:<\|(?:end_header_id|header_end)\|>|\n)|<[|｜][Uu]ser[|｜]>|\[INST\]",
        RegexOptions.RightToLeft
    )]
    private static partial Regex LastUser();
}
