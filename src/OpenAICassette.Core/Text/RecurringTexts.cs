using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace OpenAICassette.Text;

/// <summary>
/// Remembers short texts that many cassettes contain, such as a URL, the name of a model or of a member, so that each is
/// in memory once. It has a fixed number of places; a text that takes the place of another only ends the sharing of
/// that one. Can be used on any thread.
/// </summary>
internal static class RecurringTexts
{
    private const int PlaceBits = 10;
    private const int Longest = 256;

    private static readonly string?[] s_texts = new string?[1 << PlaceBits];

    /// <summary>Returns a remembered text that equals this one, or else this one.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Share(string? text)
    {
        if (text is null || text.Length > Longest)
        {
            return text;
        }

        ref var place = ref s_texts[(uint)text.GetHashCode(StringComparison.Ordinal) >> (32 - PlaceBits)];
        return place is { } known && known == text ? known : place = text;
    }

    /// <summary>Returns the text inside a JSON string, which need not be decoded if it is remembered.</summary>
    /// <param name="raw">The bytes between the quotes, already known to be valid JSON.</param>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        if (raw.Length is 0 or > Longest || raw.Contains((byte)'\\'))
        {
            return JsonText.Decode(raw);
        }

        ref var place = ref s_texts[PlaceOf(raw)];
        return place is { } known && Ascii.Equals(raw, known) ? known : place = JsonText.Decode(raw);
    }

    private static int PlaceOf(ReadOnlySpan<byte> raw)
    {
        const ulong factor = 0x9e3779b97f4a7c15;
        var hash = (ulong)raw.Length;
        for (; raw.Length >= sizeof(ulong); raw = raw[sizeof(ulong)..])
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(raw)) * factor;
            hash ^= hash >> 32;
        }

        foreach (var value in raw)
        {
            hash = (hash ^ value) * factor;
        }

        return (int)(hash >> (64 - PlaceBits));
    }
}
