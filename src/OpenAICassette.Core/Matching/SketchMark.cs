using System.Numerics;
using System.Runtime.CompilerServices;

namespace OpenAICassette.Matching;

/// <summary>
/// Represents a sketch as bits, which are compared in nanoseconds: one bit for each hash, so that sketches with many
/// common hashes have many common bits. There are so many bits that two hashes rarely share one.
/// </summary>
[InlineArray(PartWords + TextWords)]
internal struct SketchMark
{
    /// <summary>The likeness of equal marks.</summary>
    public const int MostLikeness = 2 * Full;

    private const int Full = 1_000;
    private const int PartWords = 4;
    private const int TextWords = 8;

    private ulong _first;

    /// <summary>Returns the mark of a sketch.</summary>
    /// <param name="parts">The hashes of the parts.</param>
    /// <param name="words">The hashes of the words in the texts.</param>
    public static SketchMark Of(ReadOnlySpan<int> parts, ReadOnlySpan<int> words)
    {
        var mark = default(SketchMark);
        Span<ulong> bits = mark;
        Set(bits[..PartWords], parts);
        Set(bits[PartWords..], words);
        return mark;
    }

    /// <summary>Returns how similar two marks are, from 0 to <see cref="MostLikeness"/>.</summary>
    public static int Likeness(in SketchMark a, in SketchMark b)
    {
        ReadOnlySpan<ulong> left = a;
        ReadOnlySpan<ulong> right = b;
        return Share(left[..PartWords], right[..PartWords]) + Share(left[PartWords..], right[PartWords..]);
    }

    private static void Set(Span<ulong> bits, ReadOnlySpan<int> hashes)
    {
        foreach (var hash in hashes)
        {
            bits[(int)((uint)hash / 64 % (uint)bits.Length)] |= 1UL << hash;
        }
    }

    private static int Share(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        var (common, all) = (0, 0);
        for (var i = 0; i < a.Length; i++)
        {
            common += BitOperations.PopCount(a[i] & b[i]);
            all += BitOperations.PopCount(a[i] | b[i]);
        }

        return all == 0 ? Full : Full * common / all;
    }
}
