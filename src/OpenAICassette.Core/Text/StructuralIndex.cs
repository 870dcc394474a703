using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OpenAICassette.Text;

/// <summary>
/// Finds where the tokens of a JSON text start, 64 bytes at a time and without a branch for each byte: the method of
/// Langdale and Lemire, "Parsing Gigabytes of JSON per Second" (2019). It proves the escapes of strings and that
/// no control character stands in one; what the tokens are is for the caller to prove.
/// </summary>
internal ref struct StructuralIndex
{
    private const int BlockLength = 64;
    private const ulong OddBits = 0xaaaa_aaaa_aaaa_aaaa;

    private readonly ReadOnlySpan<byte> _text;
    private int _nextBlock;
    private bool _isBroken;
    private ulong _isInString;
    private ulong _isEscaped;
    private ulong _isScalar;

    /// <summary>Prepares to find the tokens from a place on that is in no string, number or literal.</summary>
    public StructuralIndex(ReadOnlySpan<byte> text, int at)
    {
        _text = text;
        _nextBlock = at;
    }

    /// <summary>Returns where the next token starts.</summary>
    /// <param name="starts">The tokens that are left of a block, which a caller keeps at hand; 0 at first.</param>
    /// <returns>
    /// The place of a bracket, comma, colon, opening quote or first byte of another value; a negative number where
    /// there is none before the end of the text or before something that is wrong in a string.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(ref ulong starts)
    {
        if (starts == 0)
        {
            starts = ReadBlocks();
            if (starts == 0)
            {
                return -1;
            }
        }

        var at = _nextBlock - BlockLength + BitOperations.TrailingZeroCount(starts);
        starts &= starts - 1;
        return at;
    }

    /// <summary>Reads blocks up to one in which a token starts.</summary>
    /// <returns>Where they start, a bit for each byte; none where there is no more.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ulong ReadBlocks()
    {
        var starts = 0UL;
        while (starts == 0 && !_isBroken && _nextBlock < _text.Length)
        {
            if (_text.Length - _nextBlock < BlockLength)
            {
                return ReadLast();
            }

            starts = Read(BlockMasks.Of(ref Unsafe.Add(ref MemoryMarshal.GetReference(_text), _nextBlock)));
        }

        return starts;
    }

    /// <summary>Reads what is left of the text as a block that ends in white space.</summary>
    private ulong ReadLast()
    {
        Span<byte> block = stackalloc byte[BlockLength];
        block.Fill((byte)' ');
        _text[_nextBlock..].CopyTo(block);
        return Read(BlockMasks.Of(ref MemoryMarshal.GetReference(block)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Read(in BlockMasks masks)
    {
        var block = _nextBlock;
        _nextBlock += BlockLength;
        var escapes = 0UL;
        var escaped = _isEscaped;
        if (masks.Backslash == 0)
        {
            _isEscaped = 0;
        }
        else
        {
            // Of a series of backslashes every other one escapes; whether the series starts on an odd place is in the
            // carry of a subtraction.
            var possible = masks.Backslash & ~_isEscaped;
            var series = (((possible << 1) | OddBits) - possible) ^ OddBits;
            escaped = series ^ (masks.Backslash | _isEscaped);
            escapes = series & masks.Backslash;
            _isEscaped = escapes >> 63;
        }

        var quote = masks.Quote & ~escaped;
        var inString = PrefixXor(quote) ^ _isInString;
        _isInString = (ulong)((long)inString >> 63);
        if ((masks.Control & inString) != 0 || (escapes != 0 && !AreEscapes(block, escapes)))
        {
            _isBroken = true;
            return 0;
        }

        var scalar = ~(masks.Operator | masks.Space);
        var word = scalar & ~quote;
        var follows = (word << 1) | _isScalar;
        _isScalar = word >> 63;
        return (masks.Operator | (scalar & ~follows)) & ~(inString ^ quote);
    }

    private readonly bool AreEscapes(int block, ulong escapes)
    {
        for (; escapes != 0; escapes &= escapes - 1)
        {
            var at = block + BitOperations.TrailingZeroCount(escapes) + 1;
            if (at >= _text.Length)
            {
                return false;
            }

            switch (_text[at])
            {
                case (byte)'n'
                or (byte)'"'
                or (byte)'\\'
                or (byte)'r'
                or (byte)'t'
                or (byte)'/'
                or (byte)'b'
                or (byte)'f':
                    break;
                case (byte)'u' when at + 4 < _text.Length && IsHex(at + 1):
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private readonly bool IsHex(int at) =>
        char.IsAsciiHexDigit((char)_text[at])
        && char.IsAsciiHexDigit((char)_text[at + 1])
        && char.IsAsciiHexDigit((char)_text[at + 2])
        && char.IsAsciiHexDigit((char)_text[at + 3]);

    /// <summary>Returns of each bit whether the number of bits up to it is odd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
        {
            var product = Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0);
            return product.ToScalar();
        }

        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }
}
