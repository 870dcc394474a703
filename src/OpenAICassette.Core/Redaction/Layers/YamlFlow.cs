using System.Text;

namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// Reads a YAML flow collection (YAML 1.2, section 7.4): its scalars, with the keys that they are the values of.
/// </summary>
/// <param name="text">The file.</param>
/// <param name="column">
/// The column of the key whose value it is, from which further lines are indented; -1 at the root.
/// </param>
internal sealed class YamlFlow(string text, int column)
{
    private const int Deepest = 64;

    private readonly StringBuilder _outline = new();
    private int _at;

    /// <summary>Gets the scalars, in order.</summary>
    public List<YamlScalar> Scalars { get; } = [];

    /// <summary>Gets the collection without its texts: brackets, and a sign for each scalar.</summary>
    public string Outline => _outline.ToString();

    /// <summary>Gets the position up to which it was read.</summary>
    public int At => _at;

    /// <summary>Reads the collection.</summary>
    /// <param name="start">The position of its bracket.</param>
    /// <param name="name">The key whose value it is.</param>
    /// <returns>False if it is not a collection: it is not closed, or text follows it on its line.</returns>
    public bool Read(int start, string name)
    {
        _at = start;
        return ReadNode(name, 0) && IsLineEnd();
    }

    private char Unit => _at < text.Length ? text[_at] : '\0';

    private bool ReadNode(string name, int depth)
    {
        if (!SkipBlank() || !SkipProperties())
        {
            return false;
        }

        switch (Unit)
        {
            case '{' or '[':
                return depth < Deepest && ReadCollection(name, depth + 1);
            case ',' or '}' or ']':
                return true;
            default:
                return ReadScalar(out var scalar) && Add(scalar, name);
        }
    }

    private bool ReadCollection(string name, int depth)
    {
        var isMap = Unit == '{';
        var close = isMap ? '}' : ']';
        _outline.Append(Unit);
        _at++;
        while (SkipBlank())
        {
            if (Unit == close)
            {
                _outline.Append(close);
                _at++;
                return true;
            }

            if (Unit == ',')
            {
                _at++;
            }
            else if (!ReadEntry(name, isMap, depth) || !SkipBlank() || (Unit != ',' && Unit != close))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Reads an element, or a pair of key and value, which may stand in a list too.</summary>
    private bool ReadEntry(string name, bool isMap, int depth)
    {
        if (Unit == '?' && IsBlank(_at + 1))
        {
            _at++;
            isMap = true;
        }

        if (!SkipBlank() || !SkipProperties())
        {
            return false;
        }

        if (Unit is '{' or '[')
        {
            return !isMap && ReadNode(name, depth);
        }

        if (!ReadScalar(out var scalar) || !SkipBlank())
        {
            return false;
        }

        if (Unit != ':')
        {
            return isMap || Add(scalar, name);
        }

        _outline.Append(':');
        _at++;
        var key = text[scalar.Start..scalar.End].Trim('"', '\'');
        return ReadNode(key, depth);
    }

    private bool Add(YamlScalar scalar, string name)
    {
        _outline.Append(scalar.Style);
        if (scalar.Style != '*')
        {
            Scalars.Add(scalar with { Name = name });
        }

        return true;
    }

    private bool ReadScalar(out YamlScalar scalar)
    {
        var (start, style) = (_at, Unit is '"' or '\'' or '*' ? Unit : ' ');
        var end = style is '"' or '\'' ? Quoted(style) : Plain();
        scalar = new YamlScalar(style, start, end, Math.Max(column, 0) + 2, string.Empty);
        return end > start;
    }

    /// <summary>Returns the position after a closing quotation mark; -1 if there is none.</summary>
    private int Quoted(char quote)
    {
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] is '\r' or '\n' && !NextLine())
            {
                return -1;
            }

            if (Unit == '\\' && quote == '"' && _at + 1 < text.Length && text[_at + 1] is not ('\r' or '\n'))
            {
                _at++;
            }
            else if (Unit == quote && quote == '\'' && _at + 1 < text.Length && text[_at + 1] == quote)
            {
                _at++;
            }
            else if (Unit == quote)
            {
                return ++_at;
            }
        }

        return -1;
    }

    /// <summary>
    /// Returns the end of a plain scalar without trailing blanks; -1 if it contains an opening bracket.
    /// </summary>
    private int Plain()
    {
        var end = _at;
        while (_at < text.Length && Unit is not (',' or ']' or '}'))
        {
            if (Unit is '[' or '{')
            {
                return -1;
            }

            if ((Unit == ':' && IsKeyEnd(_at + 1)) || (Unit == '#' && end < _at))
            {
                break;
            }

            if (Unit is '\r' or '\n')
            {
                if (!NextLine())
                {
                    return -1;
                }

                continue;
            }

            end = Unit is ' ' or '\t' ? end : _at + 1;
            _at++;
        }

        return end;
    }

    private bool IsKeyEnd(int at) => IsBlank(at) || text[at] is ',' or '[' or ']' or '{' or '}';

    private bool IsBlank(int at) => at >= text.Length || text[at] is ' ' or '\t' or '\r' or '\n';

    /// <summary>Skips tags and anchors.</summary>
    private bool SkipProperties()
    {
        while (Unit is '!' or '&')
        {
            while (!IsBlank(_at) && Unit is not (',' or '[' or ']' or '{' or '}'))
            {
                _at++;
            }

            if (!SkipBlank())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Skips blanks, line ends and comments. Returns false at the end of the file, or on a line that does not belong to
    /// the collection.
    /// </summary>
    private bool SkipBlank()
    {
        while (_at < text.Length)
        {
            if (Unit == '#' && IsBlank(_at - 1))
            {
                SkipLine();
            }

            if (Unit is '\r' or '\n')
            {
                if (!NextLine())
                {
                    return false;
                }
            }
            else if (Unit is ' ' or '\t')
            {
                _at++;
            }
            else
            {
                return _at < text.Length;
            }
        }

        return false;
    }

    /// <summary>
    /// Moves to the first text of the next lines. Returns false if it is not indented enough; a closing bracket may
    /// stand below its key.
    /// </summary>
    private bool NextLine()
    {
        var line = _at;
        while (_at < text.Length && Unit is ' ' or '\t' or '\r' or '\n')
        {
            line = Unit is '\r' or '\n' ? _at + 1 : line;
            _at++;
        }

        var indent = _at - line;
        return _at < text.Length && (indent > column || (indent == column && Unit is ']' or '}'));
    }

    private void SkipLine()
    {
        var end = text.AsSpan(_at).IndexOfAny('\r', '\n');
        _at = end < 0 ? text.Length : _at + end;
    }

    /// <summary>Returns whether only a comment follows on the line.</summary>
    private bool IsLineEnd()
    {
        var at = _at;
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at >= text.Length || text[at] is '\r' or '\n' || (text[at] == '#' && at > _at);
    }
}
