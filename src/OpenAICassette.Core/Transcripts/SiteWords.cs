using System.Globalization;
using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Finds the words of a conversation by which the index of a site finds it: letters and digits in small letters; a
/// character of Chinese or Japanese is a word of its own, because these languages put no spaces between words.
/// </summary>
internal static class SiteWords
{
    /// <summary>The maximum length of a word; the script of the index cuts what is searched in the same way.</summary>
    private const int Longest = 40;

    /// <summary>Longer words of letters and digits are ids, which would only make the index larger.</summary>
    private const int LongestMixed = 16;

    /// <summary>The maximum number of characters that are read of one text.</summary>
    private const int MostCharacters = 200_000;

    /// <summary>Returns the words of all that was said, of calls and results of tools, and of the file.</summary>
    public static IReadOnlyCollection<string> Of(Transcript transcript)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in Texts(transcript))
        {
            Add(words, text.AsSpan(0, Math.Min(text.Length, MostCharacters)));
        }

        return words;
    }

    private static IEnumerable<string> Texts(Transcript transcript)
    {
        var interaction = transcript.Interaction;
        string?[] names =
        [
            interaction.Cassette.RelativePath,
            interaction.TestId,
            interaction.Endpoint,
            transcript.Model,
            transcript.Error?.ToString(),
        ];
        var turns = transcript.Turns.SelectMany(turn =>
            turn.Parts.Where(part => part.Kind is ContentPartKind.Text or ContentPartKind.Json)
                .Select(part => (string?)part.Value)
                .Concat(turn.Parts.Select(part => part.Spoken))
                .Concat([turn.Reasoning, turn.Refusal])
                .Concat(turn.ToolCalls.Select(call => call.ToString()))
        );
        return names.Concat(turns).OfType<string>();
    }

    private static void Add(HashSet<string> words, ReadOnlySpan<char> text)
    {
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> word = stackalloc char[Longest];
        var (length, hasDigit, hasLetter) = (0, false, false);
        foreach (var rune in text.EnumerateRunes())
        {
            var isAlone = IsWordAlone(rune.Value);
            if (isAlone || !Rune.IsLetterOrDigit(rune))
            {
                End(lookup, word[..length], hasDigit && hasLetter);
                (length, hasDigit, hasLetter) = (0, false, false);
            }

            if (isAlone)
            {
                End(lookup, [(char)rune.Value], isMixed: false);
            }
            else if (Rune.IsLetterOrDigit(rune) && length + rune.Utf16SequenceLength <= Longest)
            {
                length += Rune.ToLowerInvariant(rune).EncodeToUtf16(word[length..]);
                hasDigit |= Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;
                hasLetter |= Rune.IsLetter(rune);
            }
        }

        End(lookup, word[..length], hasDigit && hasLetter);
    }

    private static void End(
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> words,
        ReadOnlySpan<char> word,
        bool isMixed
    )
    {
        if (word.Length > 0 && !(isMixed && word.Length > LongestMixed))
        {
            words.Add(word);
        }
    }

    private static bool IsWordAlone(int value) =>
        value is (>= 0x3040 and <= 0x30ff) or (>= 0x3400 and <= 0x4dbf) or (>= 0x4e00 and <= 0x9fff);
}
