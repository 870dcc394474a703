namespace OpenAICassette.Conversations;

/// <summary>Text cut to the room there is.</summary>
internal static class Shortened
{
    /// <summary>
    /// Returns a text of at most so many characters; one that is cut ends in an ellipsis, and no character is cut in
    /// two.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="length">How many UTF-16 units it may have, at least 1.</param>
    public static string To(string text, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= length)
        {
            return text;
        }

        var end = length - 1;
        return string.Concat(text.AsSpan(0, end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }
}
