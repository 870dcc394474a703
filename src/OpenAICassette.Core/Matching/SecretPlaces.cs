using System.Globalization;
using System.Text;
using OpenAICassette.Cassettes;

namespace OpenAICassette.Matching;

/// <summary>
/// Compares texts of a request with recorded ones in which secrets were replaced, by whatever rule: a placeholder stands
/// for one word of any kind, the same one everywhere in the request.
/// </summary>
internal sealed class SecretPlaces
{
    /// <summary>The number of characters around a placeholder by which its place is found in another text.</summary>
    private const int Anchor = 16;

    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _placeholders = new(StringComparer.Ordinal);

    /// <summary>Returns a received text with the placeholders of the recorded one in the places of its secrets.</summary>
    /// <param name="recorded">The recorded text.</param>
    /// <param name="received">The received text.</param>
    /// <returns>
    /// The text, which equals the recorded one if nothing else differs; null if the place of a secret was not found, and
    /// not as many secrets were found in the received text.
    /// </returns>
    public string? Cover(string recorded, string received) =>
        InPlace(recorded, received)
        ?? (PlaceholderText.Count(received) >= PlaceholderText.Count(recorded) ? received : null);

    /// <summary>Returns the difference of a text that is not shown, because it may contain a secret.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="recorded">The recorded text.</param>
    /// <param name="length">The length of the received one.</param>
    public static RequestDifference Hidden(DifferencePlace place, JsonValue recorded, int length)
    {
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"{place.Words}: recorded {DifferenceText.Show(recorded)}, got another text of {length} characters, which may contain a secret"
        );
        return new RequestDifference(place.Pointer, DifferenceKind.Changed, message)
        {
            Recorded = DifferenceText.Whole(recorded),
        };
    }

    private string? InPlace(string recorded, string received)
    {
        var covered = new StringBuilder(received.Length);
        var (place, at) = (0, 0);
        while (Placeholder.TryFind(recorded.AsSpan(place), out var start, out var placeholder))
        {
            var from = After(recorded.AsSpan(place, start), received.AsSpan(at));
            place += start + placeholder.Length;
            var length = from < 0 ? 0 : LengthOf(received.AsSpan(at + from), Literal(recorded.AsSpan(place)));
            if (length == 0)
            {
                return null;
            }

            var word = received.Substring(at + from, length);
            var name = placeholder.ToString();
            covered.Append(received, at, from).Append(name).Append(StandsFor(name, word) ? string.Empty : " (another)");
            at += from + length;
        }

        return covered.Append(received, at, received.Length - at).ToString();
    }

    /// <summary>Returns the position after a literal, or after its end where its start differs; -1 if it is absent.</summary>
    private static int After(ReadOnlySpan<char> literal, ReadOnlySpan<char> text)
    {
        if (text.StartsWith(literal))
        {
            return literal.Length;
        }

        var end = literal[Math.Max(0, literal.Length - Anchor)..];
        var at = text.IndexOf(end);
        return at < 0 ? -1 : at + end.Length;
    }

    /// <summary>Returns the text up to the next placeholder.</summary>
    private static ReadOnlySpan<char> Literal(ReadOnlySpan<char> recorded) =>
        Placeholder.TryFind(recorded, out var next, out _) ? recorded[..next] : recorded;

    /// <summary>Returns the length of the word before a literal; the longest word if the literal is not there.</summary>
    private static int LengthOf(ReadOnlySpan<char> text, ReadOnlySpan<char> literal)
    {
        var end = 0;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        var start = literal[..Math.Min(literal.Length, Anchor)];
        var at = start.Length == 0 ? -1 : text[..Math.Min(text.Length, end + start.Length)].IndexOf(start);
        return at < 0 ? end : at;
    }

    /// <summary>Returns whether a placeholder stands for a word everywhere, and no other one does.</summary>
    private bool StandsFor(string placeholder, string word)
    {
        _words.TryAdd(placeholder, word);
        _placeholders.TryAdd(word, placeholder);
        return _words[placeholder] == word && _placeholders[word] == placeholder;
    }
}
