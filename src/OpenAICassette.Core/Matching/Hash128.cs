using System.Buffers.Binary;
using System.Text;

namespace OpenAICassette.Matching;

/// <summary>
/// Computes 128-bit hashes for look-ups, in two lanes of multiply-and-fold. They do not protect against forgery.
/// </summary>
internal static class Hash128
{
    private const ulong First = 0x9e3779b97f4a7c15;
    private const ulong Second = 0xc2b2ae3d27d4eb4f;
    private const ulong Third = 0x165667b19e3779f9;
    private const ulong Fourth = 0xd6e8feb86659fd93;

    /// <summary>Returns the hash of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="seed">Separates equal bytes with different meanings.</param>
    public static UInt128 Of(ReadOnlySpan<byte> bytes, ulong seed)
    {
        var upper = seed ^ First;
        var lower = (ulong)bytes.Length ^ Second;
        while (bytes.Length >= 16)
        {
            Take(
                ref upper,
                ref lower,
                BinaryPrimitives.ReadUInt64LittleEndian(bytes),
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..])
            );
            bytes = bytes[16..];
        }

        if (bytes.Length > 8)
        {
            Take(
                ref upper,
                ref lower,
                BinaryPrimitives.ReadUInt64LittleEndian(bytes),
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]) >> (8 * (16 - bytes.Length))
            );
        }
        else
        {
            Take(ref upper, ref lower, Short(bytes), 0);
        }

        return new UInt128(upper, lower);
    }

    /// <summary>Returns the hash of a text's UTF-8.</summary>
    public static UInt128 Of(string text, ulong seed)
    {
        const int most = 256;
        if (text.Length > most / 3)
        {
            return Of(Encoding.UTF8.GetBytes(text), seed);
        }

        Span<byte> bytes = stackalloc byte[most];
        return Of(bytes[..Encoding.UTF8.GetBytes(text, bytes)], seed);
    }

    /// <summary>Returns 32 bits for a word in a sketch, where it does no harm if two words have the same.</summary>
    public static uint OfWord(ReadOnlySpan<byte> word)
    {
        if (word.Length > 8)
        {
            return (uint)Of(word, seed: 0);
        }

        var bits = (Short(word) ^ (ulong)word.Length << 56) * First;
        return (uint)((bits ^ bits >> 32) * Second >> 32);
    }

    /// <summary>Returns up to eight bytes as a number.</summary>
    private static ulong Short(ReadOnlySpan<byte> bytes)
    {
        // Reads that overlap give the same bits twice.
        var last = bytes.Length - 1;
        return bytes.Length >= 4
                ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
                    | (ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) << (8 * (bytes.Length - 4))
            : last < 0 ? 0
            : bytes[0] | (ulong)bytes[last / 2] << (8 * (last / 2)) | (ulong)bytes[last] << (8 * last);
    }

    /// <summary>Returns the hash of a hash and its successor; the order matters.</summary>
    public static UInt128 Then(UInt128 first, UInt128 next)
    {
        var upper = (ulong)(first >> 64) + Third;
        var lower = (ulong)first + Fourth;
        Take(ref upper, ref lower, (ulong)(next >> 64), (ulong)next);
        return new UInt128(upper, lower);
    }

    private static void Take(ref ulong upper, ref ulong lower, ulong a, ulong b)
    {
        upper = Fold(a ^ upper ^ Third, b ^ Fourth) + First;
        TakeLower(ref lower, a, b);
    }

    private static void TakeLower(ref ulong lower, ulong a, ulong b) =>
        lower = Fold(b ^ lower ^ Second, a ^ First) + Third;

    private static ulong Fold(ulong a, ulong b)
    {
        var upper = Math.BigMul(a, b, out var lower);
        return upper ^ lower ^ (a + b);
    }
}
