using System.Text;

namespace OpenAICassette.Text;

/// <summary>
/// Returns the names of members as text. Documents repeat a few names, so each thread remembers the last ones it read.
/// </summary>
internal static class MemberNames
{
    private const int Count = 256;
    private const int Longest = 32;

    [ThreadStatic]
    private static string?[]? t_names;

    /// <summary>Returns a name.</summary>
    /// <param name="raw">The bytes between its quotes, already known to be valid JSON.</param>
    public static string Of(ReadOnlySpan<byte> raw)
    {
        if (raw.Length is 0 or > Longest)
        {
            return JsonText.Decode(raw);
        }

        ref var known = ref (t_names ??= new string?[Count])[PlaceOf(raw)];
        if (known is not null && Ascii.Equals(raw, known))
        {
            return known;
        }

        // A name with an escape is not remembered: its bytes could be those of another name.
        var name = JsonText.Decode(raw);
        known = raw.Contains((byte)'\\') ? known : name;
        return name;
    }

    private static int PlaceOf(ReadOnlySpan<byte> raw) =>
        ((raw.Length * 31) + (raw[0] * 7) + (raw[^1] * 13) + raw[raw.Length / 2]) & (Count - 1);
}
