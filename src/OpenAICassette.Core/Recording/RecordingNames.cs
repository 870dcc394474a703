using System.Globalization;
using OpenAICassette.Formats;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Recording;

/// <summary>
/// Names new recordings: after their test, or after what was asked, with a number. The key stays computable from the
/// request, so that nothing is lost but the name by which its recorder would look for it.
/// </summary>
internal static class RecordingNames
{
    private const int LongestWords = 60;
    private const int LongestOperation = 40;

    private static IRecordingFormat Format => CassetteFormats.Recording;

    /// <summary>Returns the path of the first recording of a request, without what tells later ones apart.</summary>
    /// <param name="recording">The recording, without secrets.</param>
    public static string Of(Cassette recording)
    {
        var interaction = recording.Interactions.Single();
        var folder = Format.PathOf(recording)[..^recording.Name.Length];
        var test = interaction.TestId?.Split("::")[^1];
        var name = Words(test ?? string.Empty, LongestWords);
        return folder + (name.Length > 0 ? name : OfRequest(interaction));
    }

    /// <summary>Returns the path of a file.</summary>
    /// <param name="stem">What <see cref="Of"/> returned.</param>
    /// <param name="ordinal">The number, from 1.</param>
    public static string File(string stem, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{stem}-{ordinal}.json");

    private static string OfRequest(Interaction interaction)
    {
        var operation = Apis.ApiOperation.Of(interaction).Name;
        var asked = PlainTitle.Asked(ConversationAssembler.Assemble(interaction), LongestWords);
        var parts = new[] { Words(operation, LongestOperation), Words(asked, LongestWords) };
        var name = string.Join('-', parts.Where(part => part.Length > 0));
        return name.Length > 0 ? name : Words(interaction.Method ?? string.Empty, LongestOperation) + "request";
    }

    /// <summary>Returns the words of a text in lower case with hyphens between them, as many as there is room for.</summary>
    private static string Words(string text, int longest)
    {
        var plain = text.Select(letter => char.IsLetterOrDigit(letter) || letter is '_' or '.' ? letter : ' ');
        var words = string.Concat(plain).Split([' ', '.'], StringSplitOptions.RemoveEmptyEntries);
        var name = string.Empty;
        foreach (var word in words.Select(word => word.ToLowerInvariant()))
        {
            if (name.Length + 1 + word.Length > longest)
            {
                return name.Length > 0 ? name : word[..longest];
            }

            name += name.Length > 0 ? $"-{word}" : word;
        }

        return name;
    }
}
