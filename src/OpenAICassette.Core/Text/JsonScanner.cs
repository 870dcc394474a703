using System.Text.Json;

namespace OpenAICassette.Text;

/// <summary>
/// Reads the tokens of a JSON text and proves it on the way. It does what <see cref="Utf8JsonReader"/> does, only
/// faster on the text of recordings. That the text is UTF-8 is for the caller to know.
/// </summary>
internal ref struct JsonScanner
{
    private readonly ReadOnlySpan<byte> _text;
    private OpenContainers _open;
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

    /// <summary>Gets the kind of the token that was read last.</summary>
    public JsonTokenType TokenType { get; private set; }

    /// <summary>Gets where the token starts; a string's is its opening quote.</summary>
    public int TokenStart { get; private set; }

    /// <summary>Gets how many bytes the token has, quotes included.</summary>
    public int TokenLength { get; private set; }

    /// <summary>Gets the bytes of a scalar token; of a string or name what stands between its quotes.</summary>
    public readonly ReadOnlySpan<byte> Value =>
        TokenType is JsonTokenType.String or JsonTokenType.PropertyName
            ? _text.Slice(TokenStart + 1, TokenLength - 2)
            : _text.Slice(TokenStart, TokenLength);

    /// <summary>Reads the next token.</summary>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="JsonTextException">The text is not JSON.</exception>
    public bool Read()
    {
        _at = JsonLexer.SkipSpace(_text, _at);
        if (_expected == Expected.SeparatorOrEnd)
        {
            if (_open.Depth == 0)
            {
                return _at == _text.Length ? false : throw Unexpected("the end of the text");
            }

            var next = JsonLexer.At(_text, _at);
            if (next != ',')
            {
                ReadEnd(next);
                return true;
            }

            _at = JsonLexer.SkipSpace(_text, _at + 1);
            _expected = _open.IsInObject ? Expected.NameOrEnd : Expected.Value;
            if (_open.IsInObject && JsonLexer.At(_text, _at) == '}')
            {
                throw Unexpected("a member name");
            }
        }

        var first = JsonLexer.At(_text, _at);
        if (first == '}' && _expected == Expected.NameOrEnd)
        {
            ReadEnd(first);
        }
        else if (_expected == Expected.NameOrEnd)
        {
            ReadName(first);
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

    /// <summary>
    /// Steps over the rest of the object or array that was just entered; does nothing at any other value.
    /// </summary>
    /// <exception cref="JsonTextException">The text is not JSON.</exception>
    public void Skip()
    {
        if (TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        var end =
            _open.Depth <= OpenContainers.MaxDepth - ContainerEnd.MaxDepth
                ? ContainerEnd.Of(_text, _at, isObject: TokenType == JsonTokenType.StartObject)
                : -1;
        if (end < 0)
        {
            end = ProvedEnd();
        }
        else
        {
            _open.Close();
        }

        Token(TokenType == JsonTokenType.StartObject ? JsonTokenType.EndObject : JsonTokenType.EndArray, end - 1, end);
        _expected = Expected.SeparatorOrEnd;
    }

    /// <summary>Returns the end of the container that was just entered, or throws what is wrong in it.</summary>
    private int ProvedEnd()
    {
        var text = _text;
        var at = _at;
        var outside = _open.Depth - 1;
        var isFirst = true;
        while (_open.Depth > outside)
        {
            at = JsonLexer.SkipSpace(text, at);
            var next = JsonLexer.At(text, at);
            if (next == (_open.IsInObject ? '}' : ']'))
            {
                _open.Close();
                at++;
                isFirst = false;
                continue;
            }

            if (!isFirst)
            {
                at =
                    next == ','
                        ? JsonLexer.SkipSpace(text, at + 1)
                        : throw JsonLexer.Unexpected(text, at, _open.IsInObject ? "a comma or '}'" : "a comma or ']'");
            }

            if (_open.IsInObject)
            {
                at = AfterName(text, at);
            }

            isFirst = false;
            switch (JsonLexer.At(text, at))
            {
                case (byte)'"':
                    at = JsonLexer.StringEnd(text, at);
                    break;
                case (byte)'{':
                    _open.Open(isObject: true, at++);
                    isFirst = true;
                    break;
                case (byte)'[':
                    _open.Open(isObject: false, at++);
                    isFirst = true;
                    break;
                default:
                    at = ScalarEnd(text, at);
                    break;
            }
        }

        return at;
    }

    /// <summary>Returns the place of a member's value, given that of its name.</summary>
    private static int AfterName(ReadOnlySpan<byte> text, int at)
    {
        if (JsonLexer.At(text, at) != '"')
        {
            throw JsonLexer.Unexpected(text, at, "a member name");
        }

        at = JsonLexer.SkipSpace(text, JsonLexer.StringEnd(text, at));
        return JsonLexer.At(text, at) == ':'
            ? JsonLexer.SkipSpace(text, at + 1)
            : throw JsonLexer.Unexpected(text, at, "a colon");
    }

    private static int ScalarEnd(ReadOnlySpan<byte> text, int at) =>
        text[at] switch
        {
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => JsonLexer.NumberEnd(text, at),
            (byte)'t' or (byte)'f' or (byte)'n' => JsonLexer.LiteralEnd(text, at),
            _ => throw JsonLexer.Unexpected(text, at, "a value"),
        };

    private void ReadName(byte first)
    {
        if (first != '"')
        {
            throw Unexpected("a member name");
        }

        Token(JsonTokenType.PropertyName, _at, JsonLexer.StringEnd(_text, _at));
        _at = JsonLexer.SkipSpace(_text, _at);
        _at = JsonLexer.At(_text, _at) == ':' ? _at + 1 : throw Unexpected("a colon");
        _expected = Expected.Value;
    }

    private void ReadValue(byte first)
    {
        _expected = Expected.SeparatorOrEnd;
        switch (first)
        {
            case (byte)'"':
                Token(JsonTokenType.String, _at, JsonLexer.StringEnd(_text, _at));
                break;
            case (byte)'{':
                _open.Open(isObject: true, _at);
                _expected = Expected.NameOrEnd;
                Token(JsonTokenType.StartObject, _at, _at + 1);
                break;
            case (byte)'[':
                _open.Open(isObject: false, _at);
                _expected = Expected.ValueOrEnd;
                Token(JsonTokenType.StartArray, _at, _at + 1);
                break;
            default:
                var type = first switch
                {
                    (byte)'t' => JsonTokenType.True,
                    (byte)'f' => JsonTokenType.False,
                    (byte)'n' => JsonTokenType.Null,
                    _ => JsonTokenType.Number,
                };
                Token(type, _at, ScalarEnd(_text, _at));
                break;
        }
    }

    private void ReadEnd(byte bracket)
    {
        if (bracket != (_open.IsInObject ? '}' : ']'))
        {
            throw Unexpected(_open.IsInObject ? "a comma or '}'" : "a comma or ']'");
        }

        _open.Close();
        Token(bracket == '}' ? JsonTokenType.EndObject : JsonTokenType.EndArray, _at, _at + 1);
        _expected = Expected.SeparatorOrEnd;
    }

    private void Token(JsonTokenType type, int start, int end)
    {
        TokenType = type;
        TokenStart = start;
        TokenLength = end - start;
        _at = end;
    }

    private readonly JsonTextException Unexpected(string expected) => JsonLexer.Unexpected(_text, _at, expected);
}
