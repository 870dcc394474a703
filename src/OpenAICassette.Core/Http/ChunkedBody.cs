using System.Buffers;
using System.Globalization;

namespace OpenAICassette.Http;

/// <summary>
/// Removes the framing of a chunked body (RFC 9112, section 7.1) in place: the data of all chunks moves together.
/// Extensions and trailers are checked and dropped.
/// </summary>
internal sealed class ChunkedBody(HttpServerOptions options)
{
    private const int MaxSizeLine = 1024;

    private static readonly SearchValues<byte> s_hexadecimal = SearchValues.Create("0123456789ABCDEFabcdef"u8);

    private State _state;
    private int _from;
    private int _searched;
    private long _left;
    private int _dropped;
    private long _moved;
    private long _longest;

    /// <summary>Gets the number of bytes of data in the received bytes.</summary>
    public int Length { get; private set; }

    private enum State
    {
        Size,
        Data,
        DataEnd,
        Trailers,
        End,
    }

    /// <summary>Prepares for a body.</summary>
    /// <param name="from">The position of the body in the received bytes.</param>
    /// <param name="longest">The maximum number of bytes of data.</param>
    public void Begin(int from, long longest)
    {
        _longest = longest;
        _moved = 0;
        _state = State.Size;
        _from = from;
        _searched = 0;
        Length = 0;
        _dropped = 0;
    }

    /// <summary>Reads on.</summary>
    /// <param name="received">The received bytes, from which the framing is removed.</param>
    /// <returns>True if the body is complete.</returns>
    /// <exception cref="BadRequestException">The framing is invalid, or the body is too long.</exception>
    public bool Read(ReceiveBuffer received)
    {
        var bytes = received.Span[_from..];
        var to = Length;
        var at = Length;
        while (_state != State.End && Step(bytes, ref at, ref to)) { }

        Length = to;
        received.Remove(_from + to, at - to);
        return _state == State.End;
    }

    /// <summary>Moves the data that has arrived from the received bytes to a file.</summary>
    /// <exception cref="BadRequestException">There is no space for it.</exception>
    public void MoveTo(ArrivingBody body, ReceiveBuffer received)
    {
        body.Write(received.Span.Slice(_from, Length));
        received.Remove(_from, Length);
        _moved += Length;
        Length = 0;
    }

    private bool Step(Span<byte> bytes, ref int at, ref int to)
    {
        if (_state == State.Data)
        {
            return ReadData(bytes, ref at, ref to);
        }

        if (!TryReadLine(bytes, ref at, out var line))
        {
            return false;
        }

        switch (_state)
        {
            case State.Size:
                ReadSize(line, to);
                break;
            case State.DataEnd when line.IsEmpty:
                _state = State.Size;
                break;
            case State.DataEnd:
                throw new BadRequestException(400, "a chunk is longer than its size says");
            case State.Trailers when line.IsEmpty:
                _state = State.End;
                break;
            default:
                Drop(line.Length);
                RequestHead.CheckField(line, line.IndexOf((byte)':'));
                break;
        }

        return true;
    }

    private bool ReadData(Span<byte> bytes, ref int at, ref int to)
    {
        var count = (int)Math.Min(_left, bytes.Length - at);
        bytes.Slice(at, count).CopyTo(bytes[to..]);
        at += count;
        to += count;
        _left -= count;
        if (_left == 0)
        {
            _state = State.DataEnd;
        }

        return count > 0;
    }

    /// <summary>
    /// Reads a line. An incomplete line is checked as far as it goes, so that an invalid one is refused at once.
    /// </summary>
    private bool TryReadLine(Span<byte> bytes, ref int at, out ReadOnlySpan<byte> line)
    {
        var rest = bytes[at..];
        var longest = _state switch
        {
            State.DataEnd => 2,
            State.Size => MaxSizeLine,
            _ => options.MaxHeaderBytes,
        };
        var end = rest[_searched..].IndexOf((byte)'\n') is var found and >= 0 ? found + _searched : -1;
        if ((end < 0 ? rest.Length : end + 1) > longest)
        {
            throw _state == State.Trailers
                ? new BadRequestException(431, $"the request's trailers are longer than {longest} bytes")
                : new BadRequestException(
                    400,
                    _state == State.Size ? "a chunk's size line is too long" : "a chunk is longer than its size says"
                );
        }

        line = default;
        if (end < 0)
        {
            _searched = rest.Length;
            return false;
        }

        if (end == 0 || rest[end - 1] != '\r')
        {
            throw new BadRequestException(400, "a line of the chunked body ends with a bare line feed");
        }

        line = rest[..(end - 1)];
        at += end + 1;
        _searched = 0;
        return true;
    }

    private void ReadSize(ReadOnlySpan<byte> line, int length)
    {
        var digits = line.IndexOfAnyExcept(s_hexadecimal) is var end and >= 0 ? end : line.Length;
        var extension = line[digits..];
        if (digits == 0 || !ChunkExtensions.AreValid(extension))
        {
            throw new BadRequestException(
                400,
                digits == 0
                    ? "a chunk's size is not a hexadecimal number"
                    : "the size of a chunk is followed by text that is not an extension"
            );
        }

        Drop(extension.Length);
        var size = line[..digits].TrimStart((byte)'0');
        if (size.Length > 8)
        {
            throw new BadRequestException(size.Length > 15 ? 400 : 413, "a chunk's size is too large");
        }

        _left = size.IsEmpty ? 0 : long.Parse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (_moved + length + _left > _longest)
        {
            throw new BadRequestException(413, $"the request's body is longer than {_longest} bytes");
        }

        _state = _left == 0 ? State.Trailers : State.Data;
    }

    private void Drop(int count)
    {
        _dropped += count;
        if (_dropped > options.MaxHeaderBytes)
        {
            throw new BadRequestException(
                431,
                $"the request's chunk extensions and trailers are longer than {options.MaxHeaderBytes} bytes"
            );
        }
    }
}
