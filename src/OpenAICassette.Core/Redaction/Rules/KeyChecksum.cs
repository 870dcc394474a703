using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Verifies the checksums in keys, which distinguish keys from similar texts.</summary>
internal static class KeyChecksum
{
    private const int ChecksumLength = 6;
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>
    /// Returns whether a token of GitHub or npm ends in the CRC-32 of the preceding thirty characters in base 62
    /// (github.blog, "Behind GitHub's new authentication token formats").
    /// </summary>
    public static bool IsTokenOfThirty(string value)
    {
        var body = value[(value.IndexOf('_', StringComparison.Ordinal) + 1)..];
        if (body.Length != 30 + ChecksumLength)
        {
            return false;
        }

        var checksum = Crc32.Of(Encoding.ASCII.GetBytes(body[..30]));
        for (var i = body.Length - 1; i >= 30; i--)
        {
            if (body[i] != Base62[(int)(checksum % 62)])
            {
                return false;
            }

            checksum /= 62;
        }

        return true;
    }

    /// <summary>
    /// Returns whether the last three bytes of an Azure key of 84 base64 characters are those of the Marvin32 hash of
    /// the preceding sixty bytes, with the seed in Microsoft's security-utilities.
    /// </summary>
    public static bool IsAzureKey(string value)
    {
        Span<byte> bytes = stackalloc byte[63];
        Span<byte> hash = stackalloc byte[4];
        if (value.Length != 84 || !Convert.TryFromBase64String(value, bytes, out var length) || length != bytes.Length)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(
            hash,
            Marvin32(bytes[..60], BinaryPrimitives.ReadUInt64BigEndian("Default0"u8))
        );
        return hash[..3].SequenceEqual(bytes[60..]);
    }

    /// <summary>Computes the hash of .NET strings with a given seed (dotnet/runtime, Marvin).</summary>
    private static uint Marvin32(ReadOnlySpan<byte> bytes, ulong seed)
    {
        var (low, high) = ((uint)seed, (uint)(seed >> 32));
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            low += BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            Mix(ref low, ref high);
        }

        var last = 0x80u;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            last = (last << 8) | bytes[i];
        }

        low += last;
        Mix(ref low, ref high);
        Mix(ref low, ref high);
        return low ^ high;
    }

    private static void Mix(ref uint low, ref uint high)
    {
        high ^= low;
        low = BitOperations.RotateLeft(low, 20) + high;
        high = BitOperations.RotateLeft(high, 9) ^ low;
        low = BitOperations.RotateLeft(low, 27) + high;
        high = BitOperations.RotateLeft(high, 19);
    }
}
