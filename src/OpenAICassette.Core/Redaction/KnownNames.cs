using OpenAICassette.Redaction.Rules;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction;

/// <summary>
/// Tells what the names of members say about their values. Documents repeat a few names, so each thread remembers the
/// last ones it saw.
/// </summary>
internal static class KnownNames
{
    private const int Count = 1024;

    [ThreadStatic]
    private static Entry[]? t_entries;

    /// <summary>Returns a name and what it says.</summary>
    /// <param name="raw">The bytes between its quotes.</param>
    public static (string Name, NameKind Kind) Of(ReadOnlySpan<byte> raw)
    {
        ref var entry = ref (t_entries ??= new Entry[Count])[PlaceOf(raw)];
        if (entry.Name is null || !raw.SequenceEqual(entry.Raw))
        {
            var name = JsonText.Decode(raw);
            entry = new Entry(raw.ToArray(), name, SecretName.KindOf(name));
        }

        return (entry.Name, entry.Kind);
    }

    private static int PlaceOf(ReadOnlySpan<byte> raw)
    {
        var hash = (uint)raw.Length;
        foreach (var value in raw)
        {
            hash = (hash ^ value) * 0x01000193;
        }

        return (int)((hash ^ (hash >> 15)) & (Count - 1));
    }

    private readonly record struct Entry(byte[] Raw, string Name, NameKind Kind);
}
