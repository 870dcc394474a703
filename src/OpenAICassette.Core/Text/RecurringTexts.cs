using System.Diagnostics.CodeAnalysis;

namespace OpenAICassette.Text;

/// <summary>
/// Remembers short texts that many cassettes contain, such as a URL or the name of a model, so that each is in memory
/// once. It has a fixed number of places; a text that takes the place of another only ends the sharing of that one.
/// </summary>
internal static class RecurringTexts
{
    private const int Places = 1 << 10;
    private const int Longest = 256;

    private static readonly string?[] s_texts = new string?[Places];

    /// <summary>Returns a remembered text that equals this one, or else this one. Can be called on any thread.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Share(string? text)
    {
        if (text is null || text.Length > Longest)
        {
            return text;
        }

        ref var place = ref s_texts[(uint)text.GetHashCode(StringComparison.Ordinal) % Places];
        return place is { } known && known == text ? known : place = text;
    }
}
