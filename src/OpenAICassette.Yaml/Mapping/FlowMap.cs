namespace OpenAICassette;

/// <summary>
/// Maps a scalar whose lines are folded wherever they break (YAML 1.2, section 6.5): blanks around a line break do not
/// count, one break is a space, and of several each after the first is a line break.
/// </summary>
internal abstract class FlowMap(string source, string value) : ScalarMap(source, value)
{
    private readonly List<char> _breaks = [];

    /// <summary>Reads the content, without quotation marks.</summary>
    /// <returns>The index of its end.</returns>
    protected int ReadContent(int start, int end)
    {
        for (var at = start; at < end && !Differs; )
        {
            at = IsBlank(at) || IsBreak(at) ? ReadBlanks(at, end) : ReadCharacter(at, end);
        }

        return end;
    }

    /// <summary>Reads a character that is neither a blank nor a line break.</summary>
    /// <returns>The index after it.</returns>
    protected virtual int ReadCharacter(int at, int end)
    {
        Take(Source[at], at);
        return at + 1;
    }

    /// <summary>Reads line breaks and the blanks around them.</summary>
    /// <param name="first">Where what they are read as begins.</param>
    /// <param name="at">Where the first line break is.</param>
    /// <param name="end">The end of the content.</param>
    /// <param name="isEscaped">Whether the first line break is escaped, and read as nothing.</param>
    /// <returns>The index after them.</returns>
    protected int Fold(int first, int at, int end, bool isEscaped)
    {
        _breaks.Clear();
        while (at < end && (IsBlank(at) || IsBreak(at)))
        {
            if (IsBreak(at))
            {
                _breaks.Add(BreakAt(at));
                at = AfterBreak(at);
            }
            else
            {
                at++;
            }
        }

        // An edit that ends or begins at one of them leaves them as they are.
        var isFolded = isEscaped || _breaks[0] == '\n';
        if (isFolded && !isEscaped && _breaks.Count == 1)
        {
            Take(' ', first);
        }

        for (var i = isFolded ? 1 : 0; i < _breaks.Count; i++)
        {
            Take(_breaks[i], first);
        }

        return at;
    }

    private int ReadBlanks(int first, int end)
    {
        var at = first;
        while (at < end && IsBlank(at))
        {
            at++;
        }

        if (at < end && IsBreak(at))
        {
            return Fold(first, at, end, isEscaped: false);
        }

        for (var blank = first; blank < at; blank++)
        {
            Take(Source[blank], blank);
        }

        return at;
    }
}
