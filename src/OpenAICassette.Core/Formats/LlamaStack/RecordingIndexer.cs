using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// Indexes a recording in one forward pass that also proves the whole text to be JSON. Members may stand in any order,
/// unknown ones are passed over, and of a repeated one the last counts, as for the recorder itself.
/// </summary>
internal ref struct RecordingIndexer
{
    private readonly ReadOnlySpan<byte> _document;
    private readonly int _base;
    private readonly RecordingIndex _index = new();
    private JsonScanner _reader;
    private bool _hasTarget;
    private bool _hasBody;
    private bool _hasStreaming;
    private string? _other;
    private ReadOnlySpan<byte> _stream;

    /// <summary>Prepares to read a document.</summary>
    /// <param name="document">The bytes that offsets refer to.</param>
    /// <param name="start">Where the JSON text starts.</param>
    public RecordingIndexer(ReadOnlySpan<byte> document, int start)
    {
        _document = document;
        _base = start;
        _reader = new JsonScanner(document[start..]);
    }

    private readonly int At => _base + _reader.TokenStart;

    /// <summary>Reads the document.</summary>
    /// <exception cref="RecordingShapeException">It is JSON, but no recording.</exception>
    /// <exception cref="JsonTextException">It is not JSON.</exception>
    public RecordingIndex Read()
    {
        _reader.Read();
        Expect(JsonTokenType.StartObject, "the document");
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is("request"u8))
            {
                _index.Request = ReadRequest();
            }
            else if (Is("response"u8))
            {
                _index.Response = ReadResponse();
            }
            else if (Is("test_id"u8))
            {
                _index.HasTestId = true;
                _index.TestId = ReadText();
            }
            else if (Is("id_normalization_mapping"u8))
            {
                _index.HasIdMapping = true;
                SkipValue();
            }
            else if (Is("openai_cassette"u8))
            {
                _index.Member = ReadRange();
            }
            else
            {
                SkipValue();
            }
        }

        // Nothing but white space may follow; the scanner throws where something does.
        _reader.Read();
        Require(
            _index.Request.Length > 0 && _index.Response.Length > 0,
            _base,
            "expected an object with the members \"request\" and \"response\""
        );
        Require(
            _hasTarget,
            _index.Request.Start,
            "expected /request to have a \"url\", an \"endpoint\", a \"tool_name\" or an \"api\""
        );
        Require(_hasBody, _index.Response.Start, "expected /response to have a \"body\"");

        // The recorder always says whether the response was a stream. Written by hand it may be a body alone; with
        // more, such as headers, it is the recording of another program.
        Require(
            _hasStreaming || _other is null,
            _index.Response.Start,
            $"expected /response to have \"is_streaming\" beside \"{_other}\""
        );
        ReadMember();
        return _index;
    }

    /// <summary>Reads the status that our own recorder wrote, and counts the frames of a stream in one text.</summary>
    private readonly void ReadMember()
    {
        if (_index.Member.Length == 0)
        {
            return;
        }

        var member = JsonValue.ParseOrUndefined(_document.Slice(_index.Member.Start, _index.Member.Length).ToArray());
        _index.Status = _index.Status == 0 ? member["status"].WholeNumber ?? 0 : _index.Status;
        if (_index.IsStreaming && !_stream.IsEmpty && member["body_encoding"].Text is { } encoding)
        {
            var content = PayloadContent.Of(encoding, JsonText.Decode(_stream)).Bytes(open: null);
            _index.Elements = StreamText.Read(Body.FromBytes(content, mediaType: null)).Count;
        }
    }

    private ByteRange ReadRequest()
    {
        _reader.Read();
        Expect(JsonTokenType.StartObject, "/request");
        var start = At;
        _hasTarget = false;
        (_index.Method, _index.Url, _index.Endpoint, _index.Model, _index.BodyModel, _index.RequestTestId) = (
            null,
            null,
            null,
            null,
            null,
            null
        );
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is("url"u8))
            {
                _hasTarget = true;
                _index.Url = ReadText();
            }
            else if (Is("endpoint"u8))
            {
                _hasTarget = true;
                _index.Endpoint = ReadText();
            }
            else if (Is("method"u8))
            {
                _index.Method = ReadText();
            }
            else if (Is("model"u8))
            {
                _index.Model = ReadText();
            }
            else if (Is("test_id"u8))
            {
                _index.RequestTestId = ReadText();
            }
            else if (Is("body"u8) || Is("payload"u8))
            {
                ReadBodyModel();
            }
            else
            {
                _hasTarget |= Is("tool_name"u8) || Is("api"u8);
                SkipValue();
            }
        }

        return new ByteRange(start, At + 1 - start);
    }

    private void ReadBodyModel()
    {
        _reader.Read();
        _index.BodyModel = null;
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            _reader.Skip();
            return;
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is("model"u8))
            {
                _index.BodyModel = ReadText();
            }
            else
            {
                SkipValue();
            }
        }
    }

    private ByteRange ReadResponse()
    {
        _reader.Read();
        Expect(JsonTokenType.StartObject, "/response");
        var start = At;
        (_hasBody, _hasStreaming, _other) = (false, false, null);
        (_index.IsStreaming, _index.Elements, _index.IsException, _index.Status) = (false, 0, false, 0);
        _stream = default;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is("body"u8))
            {
                _hasBody = true;
                CountElements();
            }
            else if (Is("is_streaming"u8))
            {
                _hasStreaming = true;
                _index.IsStreaming = ReadTruth();
            }
            else if (Is("is_exception"u8))
            {
                _index.IsException = ReadTruth();
            }
            else if (Is("status"u8))
            {
                _other ??= "status";
                _reader.Read();
                _index.Status =
                    _reader.TokenType == JsonTokenType.Number
                    && long.TryParse(_reader.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
                        ? status
                        : 0;
                _reader.Skip();
            }
            else
            {
                _other ??= JsonText.Decode(_reader.Value);
                SkipValue();
            }
        }

        return new ByteRange(start, At + 1 - start);
    }

    /// <summary>Counts the elements of an array body; of an array of lines, the events that the lines make.</summary>
    private void CountElements()
    {
        _reader.Read();
        _index.Elements = 0;
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            var isNothing =
                _reader.TokenType == JsonTokenType.Null
                || (_reader.TokenType == JsonTokenType.String && _reader.Value.IsEmpty);
            _index.Elements = isNothing ? 0 : 1;
            _stream = _reader.TokenType == JsonTokenType.String ? _reader.Value : default;
            _reader.Skip();
            return;
        }

        var inEvent = false;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType != JsonTokenType.String)
            {
                _index.Elements++;
                inEvent = false;
                _reader.Skip();
                continue;
            }

            var blank = _reader.Value.IsEmpty;
            _index.Elements += !blank && !inEvent ? 1 : 0;
            inEvent = !blank;
        }
    }

    /// <summary>Returns whether the member that was just read has this name.</summary>
    private readonly bool Is(ReadOnlySpan<byte> name) =>
        _reader.Value.SequenceEqual(name)
        || (_reader.Value.Contains((byte)'\\') && JsonText.Decode(_reader.Value) == Encoding.UTF8.GetString(name));

    private string? ReadText()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.String)
        {
            return RecurringTexts.Decode(_reader.Value);
        }

        _reader.Skip();
        return null;
    }

    private bool ReadTruth()
    {
        _reader.Read();
        var truth = _reader.TokenType == JsonTokenType.True;
        _reader.Skip();
        return truth;
    }

    /// <summary>Returns where an object stands; nowhere for a value that is none.</summary>
    private ByteRange ReadRange()
    {
        _reader.Read();
        var start = At;
        var isObject = _reader.TokenType == JsonTokenType.StartObject;
        _reader.Skip();
        return isObject ? new ByteRange(start, At + 1 - start) : default;
    }

    private void SkipValue()
    {
        _reader.Read();
        _reader.Skip();
    }

    private readonly void Expect(JsonTokenType expected, string what) =>
        Require(
            _reader.TokenType == expected,
            At,
            $"expected {what} to be an object, found {_reader.TokenType switch
        {
            JsonTokenType.StartArray => "an array",
            JsonTokenType.String => "a string",
            JsonTokenType.Number => "a number",
            JsonTokenType.True or JsonTokenType.False => "true or false",
            _ => "null",
        }}"
        );

    private static void Require(bool condition, int offset, string expectation)
    {
        if (!condition)
        {
            throw new RecordingShapeException(expectation, offset);
        }
    }
}

/// <summary>The exception that is thrown when a text is JSON, but not of a recording's shape.</summary>
internal sealed class RecordingShapeException(string message, int offset) : Exception(message)
{
    /// <summary>Gets the byte offset of the value that is not as expected.</summary>
    public int Offset { get; } = offset;
}
