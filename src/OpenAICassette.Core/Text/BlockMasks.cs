using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OpenAICassette.Text;

/// <summary>Represents 64 bytes by what they are in JSON; each byte is a bit, the first one the lowest.</summary>
/// <param name="Quote">Quotes, those that are escaped too.</param>
/// <param name="Backslash">Backslashes.</param>
/// <param name="Control">Control characters, white space among them.</param>
/// <param name="Space">White space.</param>
/// <param name="Operator">Brackets, commas and colons, and control characters that look like them.</param>
internal readonly record struct BlockMasks(ulong Quote, ulong Backslash, ulong Control, ulong Space, ulong Operator)
{
    private const byte LastControl = 0x1f;

    /// <summary>The bit that tells '[' from '{'.</summary>
    private const byte CurlyBit = 0x20;

    /// <summary>Returns the masks of 64 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockMasks Of(ref byte first)
    {
        var a = Vector128.LoadUnsafe(ref first);
        var b = Vector128.LoadUnsafe(ref first, 16);
        var c = Vector128.LoadUnsafe(ref first, 32);
        var d = Vector128.LoadUnsafe(ref first, 48);
        return new BlockMasks(
            Bits(Equal(a, '"'), Equal(b, '"'), Equal(c, '"'), Equal(d, '"')),
            Bits(Equal(a, '\\'), Equal(b, '\\'), Equal(c, '\\'), Equal(d, '\\')),
            Bits(Controls(a), Controls(b), Controls(c), Controls(d)),
            Bits(Spaces(a), Spaces(b), Spaces(c), Spaces(d)),
            Bits(Operators(a), Operators(b), Operators(c), Operators(d))
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(Vector128<byte> a, Vector128<byte> b, Vector128<byte> c, Vector128<byte> d) =>
        a.ExtractMostSignificantBits()
        | ((ulong)b.ExtractMostSignificantBits() << 16)
        | ((ulong)c.ExtractMostSignificantBits() << 32)
        | ((ulong)d.ExtractMostSignificantBits() << 48);

    /// <summary>Returns which bytes are a character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Equal(Vector128<byte> bytes, char value) =>
        Vector128.Equals(bytes, Vector128.Create((byte)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Controls(Vector128<byte> bytes) =>
        Vector128.Equals(Vector128.Min(bytes, Vector128.Create(LastControl)), bytes);

    /// <summary>
    /// White space is found by one look-up where there is an instruction for it: the low half of a byte chooses what
    /// the byte must be equal to.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Spaces(Vector128<byte> bytes)
    {
        if (!Ssse3.IsSupported)
        {
            return Equal(bytes, ' ') | Equal(bytes, '\n') | Equal(bytes, '\r') | Equal(bytes, '\t');
        }

        var spaces = Vector128.Create(
            (byte)' ',
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            (byte)'\t',
            (byte)'\n',
            0,
            0,
            (byte)'\r',
            0,
            0
        );
        return Vector128.Equals(Ssse3.Shuffle(spaces, bytes), bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Operators(Vector128<byte> bytes)
    {
        var curly = bytes | Vector128.Create(CurlyBit);
        if (!Ssse3.IsSupported)
        {
            return Equal(curly, '{') | Equal(curly, '}') | Equal(curly, ',') | Equal(curly, ':');
        }

        var operators = Vector128.Create(
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            (byte)':',
            (byte)'{',
            (byte)',',
            (byte)'}',
            0,
            0
        );
        return Vector128.Equals(Ssse3.Shuffle(operators, bytes), curly);
    }
}
