using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace OpenAICassette.Json;

/// <summary>
/// Reads the tokens of a JSON text (RFC 8259) and proves it on the way. It does what <see cref="Utf8JsonReader"/> does, but steps over
/// indentation and strings 16 bytes at a time: recordings are half white space, and that is where a list of thousands spends its time.
/// That the text is UTF-8 is for the caller to know. The hot methods are compiled at their best from the first call: a list is read
/// before the runtime would have noticed that they are hot.
/// </summary>
internal ref struct JsonScanner
{
    /// <summary>The deepest nesting that is read. Real recordings stay under 20; more is taken for an attack on the stack.</summary>
    public const int MaxDepth = 512;

    private readonly ReadOnlySpan<byte> _text;
    private OpenContainers _open;
    private int _depth;
    private int _at;
    private Expected _expected;

    /// <summary>Prepares to read a text.</summary>
    public JsonScanner(ReadOnlySpan<byte> text)
    {
        _text = text;
        _expected = Expected.Value;
    }

    private enum Expected : byte
    {
        Value,
        ValueOrEnd,
        NameOrEnd,
        SeparatorOrEnd,
    }

    /// <summary>The kind of the token that was read last.</summary>
    public JsonTokenType TokenType { get; private set; }

    /// <summary>Where the token starts; a string's is its opening quote.</summary>
    public int TokenStart { get; private set; }

    /// <summary>How many bytes the token has, quotes included.</summary>
    public int TokenLength { get; private set; }

    /// <summary>The bytes of a scalar token; of a string or name what stands between its quotes.</summary>
    public readonly ReadOnlySpan<byte> Value => TokenType is JsonTokenType.String or JsonTokenType.PropertyName
        ? _text.Slice(TokenStart + 1, TokenLength - 2)
        : _text.Slice(TokenStart, TokenLength);

    /// <summary>Reads the next token.</summary>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="JsonTextException">The text is not JSON.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read()
    {
        SkipSpace();
        if (_expected == Expected.SeparatorOrEnd)
        {
            if (_depth == 0)
            {
                return _at == _text.Length ? false : throw Unexpected("the end of the text");
            }

            var next = Peek();
            if (next != ',')
            {
                ReadEnd(next);
                return true;
            }

            _at++;
            SkipSpace();
            _expected = IsInObject ? Expected.NameOrEnd : Expected.Value;
            if (IsInObject && Peek() == '}')
            {
                throw Unexpected("a member name");
            }
        }

        var first = Peek();
        if (_expected == Expected.NameOrEnd)
        {
            ReadNameOrEnd(first);
        }
        else if (first == ']' && _expected == Expected.ValueOrEnd)
        {
            ReadEnd(first);
        }
        else
        {
            ReadValue(first);
        }

        return true;
    }

    /// <summary>Steps over the rest of the object or array that was just entered; does nothing at any other value.</summary>
    public void Skip()
    {
        if (TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            for (var depth = _depth; _depth >= depth;)
            {
                Read();
            }
        }
    }

    private readonly bool IsInObject => (_open[(_depth - 1) >> 6] >> ((_depth - 1) & 63) & 1) != 0;

    private void ReadNameOrEnd(byte first)
    {
        if (first == '}')
        {
            ReadEnd(first);
            return;
        }

        if (first != '"')
        {
            throw Unexpected("a member name");
        }

        ReadString(JsonTokenType.PropertyName);
        SkipSpace();
        if (Peek() != ':')
        {
            throw Unexpected("a colon");
        }

        _at++;
        _expected = Expected.Value;
    }

    private void ReadValue(byte first)
    {
        switch (first)
        {
            case (byte)'"':
                ReadString(JsonTokenType.String);
                break;
            case (byte)'{':
                Open(JsonTokenType.StartObject);
                return;
            case (byte)'[':
                Open(JsonTokenType.StartArray);
                return;
            case (byte)'t':
                ReadLiteral("true"u8, JsonTokenType.True);
                break;
            case (byte)'f':
                ReadLiteral("false"u8, JsonTokenType.False);
                break;
            case (byte)'n':
                ReadLiteral("null"u8, JsonTokenType.Null);
                break;
            case (byte)'-' or >= (byte)'0' and <= (byte)'9':
                ReadNumber();
                break;
            default:
                throw Unexpected("a value");
        }

        _expected = Expected.SeparatorOrEnd;
    }

    private void Open(JsonTokenType type)
    {
        if (_depth == MaxDepth)
        {
            throw new JsonTextException($"nested deeper than {MaxDepth} levels", _at);
        }

        var bit = 1UL << (_depth & 63);
        ref var word = ref _open[_depth >> 6];
        word = type == JsonTokenType.StartObject ? word | bit : word & ~bit;
        _depth++;
        Token(type, _at, 1);
        _expected = type == JsonTokenType.StartObject ? Expected.NameOrEnd : Expected.ValueOrEnd;
    }

    private void ReadEnd(byte bracket)
    {
        if (bracket != (IsInObject ? '}' : ']'))
        {
            throw Unexpected(IsInObject ? "a comma or '}'" : "a comma or ']'");
        }

        Token(bracket == '}' ? JsonTokenType.EndObject : JsonTokenType.EndArray, _at, 1);
        _depth--;
        _expected = Expected.SeparatorOrEnd;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadString(JsonTokenType type)
    {
        var start = _at;
        for (var at = start + 1; ; at += EscapeLength(at))
        {
            at = NextSpecial(at);
            if (at == _text.Length)
            {
                throw new JsonTextException("the text ends inside a string", at, isEnd: true);
            }

            if (_text[at] == '"')
            {
                Token(type, start, at + 1 - start);
                return;
            }

            if (_text[at] < ' ')
            {
                throw new JsonTextException("a control character must be escaped inside a string", at);
            }
        }
    }

    /// <summary>The next quote, backslash or control character from a place on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly int NextSpecial(int at)
    {
        ref var text = ref MemoryMarshal.GetReference(_text);
        for (; at + Vector128<byte>.Count <= _text.Length; at += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref text, (nuint)at);
            var special = Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            if (special != Vector128<byte>.Zero)
            {
                return at + BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits());
            }
        }

        while (at < _text.Length && _text[at] is not ((byte)'"' or (byte)'\\' or < (byte)' '))
        {
            at++;
        }

        return at;
    }

    private readonly int EscapeLength(int at)
    {
        var rest = _text[at..];
        if (rest.Length > 1 && rest[1] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t')
        {
            return 2;
        }

        const int length = 6;
        if (rest.Length > 1 && rest[1] != 'u')
        {
            throw new JsonTextException("no such escape in a string", at);
        }

        for (var digit = 2; digit < Math.Min(length, rest.Length); digit++)
        {
            if (!char.IsAsciiHexDigit((char)rest[digit]))
            {
                throw new JsonTextException("\\u must be followed by four hexadecimal digits", at);
            }
        }

        return rest.Length >= length ? length : throw new JsonTextException("the text ends inside a string", _text.Length, isEnd: true);
    }

    private void ReadNumber()
    {
        var at = _at;
        at += _text[at] == '-' ? 1 : 0;
        var whole = at;
        at = Digits(at);
        if (at - whole > 1 && _text[whole] == '0')
        {
            throw new JsonTextException("a number must not begin with 0", whole);
        }

        if (at < _text.Length && _text[at] == '.')
        {
            at = Digits(at + 1);
        }

        if (at < _text.Length && _text[at] is (byte)'e' or (byte)'E')
        {
            at++;
            at += at < _text.Length && _text[at] is (byte)'+' or (byte)'-' ? 1 : 0;
            at = Digits(at);
        }

        Token(JsonTokenType.Number, _at, at - _at);
    }

    /// <summary>Steps over digits, of which there must be one.</summary>
    private readonly int Digits(int at)
    {
        var start = at;
        while (at < _text.Length && _text[at] is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }

        return at > start ? at : throw Unexpected("a digit", at);
    }

    private void ReadLiteral(ReadOnlySpan<byte> literal, JsonTokenType type)
    {
        var rest = _text[_at..];
        if (!rest.StartsWith(literal))
        {
            throw literal.StartsWith(rest) ? Unexpected("a value", _text.Length) : Unexpected("a value");
        }

        Token(type, _at, literal.Length);
    }

    private void Token(JsonTokenType type, int start, int length)
    {
        TokenType = type;
        TokenStart = start;
        TokenLength = length;
        _at = start + length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SkipSpace()
    {
        while (_at < _text.Length)
        {
            switch (_text[_at])
            {
                case (byte)' ' or (byte)'\t' or (byte)'\r':
                    _at++;
                    break;
                case (byte)'\n':
                    _at++;
                    SkipIndentation();
                    break;
                default:
                    return;
            }
        }
    }

    private void SkipIndentation()
    {
        ref var text = ref MemoryMarshal.GetReference(_text);
        while (_at + Vector128<byte>.Count <= _text.Length)
        {
            var other = ~Vector128.Equals(Vector128.LoadUnsafe(ref text, (nuint)_at), Vector128.Create((byte)' '));
            if (other != Vector128<byte>.Zero)
            {
                _at += BitOperations.TrailingZeroCount(other.ExtractMostSignificantBits());
                return;
            }

            _at += Vector128<byte>.Count;
        }
    }

    private readonly byte Peek() => _at < _text.Length ? _text[_at] : throw Unexpected("more", _at);

    private readonly JsonTextException Unexpected(string expected) => Unexpected(expected, _at);

    private readonly JsonTextException Unexpected(string expected, int at)
    {
        if (at >= _text.Length)
        {
            return new JsonTextException("the text ends too soon", at, isEnd: true);
        }

        var found = _text[at] is > (byte)' ' and < 0x7f ? $"'{(char)_text[at]}'" : $"the byte 0x{_text[at]:x2}";
        return new JsonTextException($"expected {expected}, found {found}", at);
    }

    /// <summary>One bit for each open container: 1 for an object.</summary>
    [InlineArray(MaxDepth / 64)]
    private struct OpenContainers
    {
        private ulong _word;
    }
}
