using System.Text;
using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// Finds the scalars of a YAML file whose text differs from their value, those of flow collections, and elements of
/// lists, which have no name beside them. It is not a parser: what it does not recognize is scanned as text.
/// </summary>
internal sealed class YamlScalars
{
    private readonly string _text;
    private readonly List<YamlScalar> _found = [];
    private readonly Stack<(int Column, string Name)> _keys = [];
    private readonly StringBuilder _outline = new();

    /// <summary>
    /// The position up to which a collection at the root was tried without success; it is not tried again on each line.
    /// </summary>
    private int _triedUntil;

    private YamlScalars(string text) => _text = text;

    /// <summary>Gets the scalars, in order.</summary>
    /// <param name="text">The file.</param>
    public static IReadOnlyList<YamlScalar> In(string text) => In(text, out _);

    /// <summary>Gets the scalars, in order.</summary>
    /// <param name="text">The file.</param>
    /// <param name="outline">Receives what an edit must not change: the brackets, and a sign for each scalar.</param>
    public static IReadOnlyList<YamlScalar> In(string text, out string outline)
    {
        var scalars = new YamlScalars(text);
        for (var line = 0; line < text.Length; )
        {
            line = scalars.AfterLine(scalars.ReadLine(line));
        }

        outline = scalars._outline.ToString();
        return scalars._found;
    }

    /// <summary>Reads what starts on a line.</summary>
    /// <returns>The position up to which it was read.</returns>
    private int ReadLine(int line)
    {
        var end = EndOfLine(line);
        var at = SkipSpaces(line, end);
        var (column, name) = (at - line, string.Empty);
        while (at + 1 < end && _text[at] == '-' && _text[at + 1] == ' ')
        {
            column = at - line;
            name = NameAt(column);
            at = SkipSpaces(at + 1, end);
        }

        if (at == end || _text[at] == '#')
        {
            return end;
        }

        if (_text[at] == '?' && at + 1 < end && _text[at + 1] == ' ')
        {
            // An explicit key has a line of its own; its value follows after a colon in the same column.
            var own = SkipProperties(SkipSpaces(at + 1, end), end);
            Push(at - line, _text[own..end].TrimEnd().Trim('"', '\''));
            return end;
        }

        var isItem = _text.AsSpan(line, at - line).Contains('-');
        var key = _text[at] is '{' or '[' ? -1 : KeyEnd(at, end, column);
        var isValue = key == at;
        if (isValue)
        {
            column = at - line;
            name = NameAt(column);
            at = SkipSpaces(key + 1, end);
        }
        else if (key >= 0)
        {
            column = at - line;
            name = _text[at..key].Trim('"', '\'');
            Push(column, name);
            at = SkipSpaces(key + 1, end);
        }
        else if (!isItem && _text[at] is not ('"' or '\'' or '{' or '['))
        {
            return end;
        }

        // A value with a tag or an anchor does not begin after its name, so rules for text would take the tag for the
        // value.
        var value = SkipProperties(at, end);
        var isAlone = key < 0 || isValue || value > at;
        return value == end ? end
            : _text[value] is '{' or '[' ? ReadFlow(value, end, key < 0 && !isItem ? -1 : column, name)
            : ReadValue(value, end, column, name, isAlone);
    }

    private void Push(int column, string name)
    {
        while (_keys.TryPeek(out var last) && last.Column >= column)
        {
            _keys.Pop();
        }

        _keys.Push((column, name));
    }

    private int SkipProperties(int at, int end)
    {
        while (at < end && _text[at] is '!' or '&')
        {
            var space = _text.IndexOf(' ', at, end - at);
            at = space < 0 ? end : SkipSpaces(space, end);
        }

        return at;
    }

    /// <summary>
    /// Reads a flow collection. JSON is left to the JSON scan, unless the name of the collection makes its elements
    /// secrets.
    /// </summary>
    private int ReadFlow(int at, int end, int column, string name)
    {
        var isRoot = column < 0;
        if (isRoot && at < _triedUntil)
        {
            return end;
        }

        var flow = new YamlFlow(_text, column);
        if (!flow.Read(at, name))
        {
            _triedUntil = isRoot ? flow.At : _triedUntil;
            return end;
        }

        if (SecretName.KindOf(name) == NameKind.Plain && IsJson(at, flow.At))
        {
            if (isRoot)
            {
                return end;
            }

            _outline.Append('J');
            _found.Add(new YamlScalar(' ', at, flow.At, column + 2, name));
            return flow.At;
        }

        _outline.Append(flow.Outline);
        _found.AddRange(flow.Scalars);
        return flow.At;
    }

    private bool IsJson(int start, int end) =>
        JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(_text[start..end])).Exists;

    private void Add(YamlScalar scalar)
    {
        _outline.Append(scalar.Style);
        _found.Add(scalar);
    }

    private int ReadValue(int at, int end, int column, string name, bool isAlone)
    {
        switch (_text[at])
        {
            case '"' or '\'':
                var close = Close(at, column);
                if (close < 0)
                {
                    return end;
                }

                Add(new YamlScalar(_text[at], at, close + 1, column + 2, name));
                return close + 1;
            case '|'
            or '>'
                when _text.AsSpan(at + 1, end - at - 1).Trim() is var rest
                    && (rest.Length == 0 || rest[0] == '#' || rest.Trim("+-123456789").Length == 0):
                return ReadBlock(at, end, column, name);
            case '#' or '*':
                return end;
            default:
                return ReadPlain(at, end, column, name, isAlone);
        }
    }

    private int ReadBlock(int sign, int end, int column, string name)
    {
        var start = AfterLine(end);
        var given = _text.AsSpan(sign + 1, end - sign - 1).IndexOfAnyInRange('1', '9') is var digit and >= 0
            ? _text[sign + 1 + digit] - '0'
            : 0;
        var indent = given == 0 ? -1 : Math.Max(column, 0) + given;
        var last = start;
        for (var line = start; line < _text.Length; line = AfterLine(EndOfLine(line)))
        {
            var lineEnd = EndOfLine(line);
            var first = SkipSpaces(line, lineEnd);
            if (first == lineEnd)
            {
                continue;
            }

            indent = indent < 0 ? first - line : indent;
            if (first - line < indent || indent <= column)
            {
                break;
            }

            last = lineEnd;
        }

        if (last > start)
        {
            Add(new YamlScalar(_text[sign], start, last, indent, name));
        }

        return Math.Max(last, end);
    }

    /// <summary>Reads a plain scalar of several lines, or one whose name is on another line.</summary>
    private int ReadPlain(int at, int end, int column, string name, bool isAlone)
    {
        var last = end;
        for (var line = AfterLine(end); line < _text.Length; line = AfterLine(last))
        {
            var lineEnd = EndOfLine(line);
            var first = SkipSpaces(line, lineEnd);
            if (first == lineEnd || first - line <= column || _text[first] == '#')
            {
                break;
            }

            if (KeyEnd(first, lineEnd, column) >= 0 || _text[first] is '-' or '"' or '\'')
            {
                return end;
            }

            last = lineEnd;
        }

        if (last > end || (isAlone && name.Length > 0))
        {
            Add(new YamlScalar(' ', at, last, column + 2, name));
            return last;
        }

        return end;
    }

    /// <summary>Returns the position of the colon after the key at the start of a line; -1 if there is none.</summary>
    private int KeyEnd(int at, int end, int column)
    {
        if (_text[at] is '"' or '\'')
        {
            var close = Close(at, column);
            return close > 0 && close < end - 1 && IsColon(close + 1, end) ? close + 1 : -1;
        }

        for (var next = at; next < end; next++)
        {
            next = _text.IndexOf(':', next, end - next);
            if (next < 0)
            {
                return -1;
            }

            if (IsColon(next, end))
            {
                return next;
            }
        }

        return -1;
    }

    private bool IsColon(int at, int end) => _text[at] == ':' && (at + 1 == end || _text[at + 1] == ' ');

    /// <summary>
    /// Returns the end of a quoted scalar; -1 if it is not one: a later line is not indented, or text follows.
    /// </summary>
    private int Close(int quote, int column)
    {
        var sign = _text[quote];
        for (var at = quote + 1; at < _text.Length; at++)
        {
            at = sign == '"' ? IndexOfAny(at, '"', '\\') : IndexOfAny(at, '\'', '\n');
            switch (at < _text.Length ? _text[at] : '\0')
            {
                case '\n' when !IsIndented(at + 1, column):
                    return -1;
                case '\\' when at + 1 < _text.Length && _text[at + 1] is '\r' or '\n':
                    at = AfterLine(at + 1) - 1;
                    if (!IsIndented(at + 1, column))
                    {
                        return -1;
                    }

                    break;
                case '\\':
                    at++;
                    break;
                case '\'' when sign == '\'' && at + 1 < _text.Length && _text[at + 1] == '\'':
                    at++;
                    break;
                case var unit when unit == sign:
                    var end = EndOfLine(at);
                    var next = SkipSpaces(at + 1, end);
                    return next == end || _text[next] is ':' or '#' ? at : -1;
            }
        }

        return -1;
    }

    private int IndexOfAny(int at, char sign, char other)
    {
        var found =
            other == '\\' ? _text.AsSpan(at).IndexOfAny(sign, other, '\n') : _text.AsSpan(at).IndexOfAny(sign, other);
        return found < 0 ? _text.Length : at + found;
    }

    private bool IsIndented(int line, int column)
    {
        var end = EndOfLine(line);
        var first = SkipSpaces(line, end);
        return first == end || first - line > column;
    }

    private string NameAt(int column)
    {
        while (_keys.TryPeek(out var last) && last.Column > column)
        {
            _keys.Pop();
        }

        return _keys.TryPeek(out var key) ? key.Name : string.Empty;
    }

    private int EndOfLine(int at)
    {
        var found = _text.AsSpan(at).IndexOfAny('\r', '\n');
        return found < 0 ? _text.Length : at + found;
    }

    private int AfterLine(int end)
    {
        var at = EndOfLine(end);
        return at >= _text.Length ? _text.Length
            : _text.AsSpan(at).StartsWith("\r\n", StringComparison.Ordinal) ? at + 2
            : at + 1;
    }

    private int SkipSpaces(int at, int end)
    {
        while (at < end && _text[at] == ' ')
        {
            at++;
        }

        return at;
    }
}

/// <summary>Represents a YAML scalar whose text differs from its value.</summary>
/// <param name="Style">The style: ', ", | or &gt; for a block, or a space for a plain scalar.</param>
/// <param name="Start">The start: its quotation mark, or the line after the sign of a block.</param>
/// <param name="End">The end, after its quotation mark.</param>
/// <param name="Indent">The indentation of its further lines.</param>
/// <param name="Name">The key of the value that it is, or is an element of; empty if there is none.</param>
internal readonly record struct YamlScalar(char Style, int Start, int End, int Indent, string Name);
