namespace OpenAICassette;

/// <summary>Maps a block scalar: lines without their indentation (YAML 1.2, section 8.1).</summary>
internal abstract class BlockMap(string source, string value) : ScalarMap(source, value)
{
    /// <summary>Gets the line breaks since the last line with text, of which the first ended that line.</summary>
    protected List<int> Breaks { get; } = [];

    /// <inheritdoc/>
    protected override int Read(int start, int end)
    {
        var line = EndOfLine(start, end);
        line = line < end ? AfterBreak(line) : end;
        var (indentation, last) = (IndentationOf(line, end), line);
        var isAfterText = false;
        while (line < end && !Differs)
        {
            var lineEnd = EndOfLine(line, end);
            var from = Math.Min(line + Math.Min(SpacesAt(line, lineEnd), indentation), lineEnd);
            if (from < lineEnd)
            {
                TakeBreaks(isAfterText, IsBlank(from));
                Breaks.Clear();
                for (var at = from; at < lineEnd && !Differs; at++)
                {
                    Take(Source[at], at);
                }

                (isAfterText, last) = (true, lineEnd);
            }

            Breaks.Add(lineEnd);
            line = lineEnd < end ? AfterBreak(lineEnd) : end;
        }

        // How many of the last line breaks count is up to the indicator after | or >, and known from the value.
        foreach (var at in Breaks.TakeWhile(at => at < end && !IsDone))
        {
            Take(BreakAt(at), at);
            last = at;
        }

        return last;
    }

    /// <summary>Takes what the line breaks before a line with text are read as.</summary>
    /// <param name="isAfterText">Whether the first of them ended a line with text.</param>
    /// <param name="isIndented">Whether the line begins with a blank.</param>
    protected abstract void TakeBreaks(bool isAfterText, bool isIndented);

    /// <summary>
    /// Returns the indentation. It depends on the collection around the scalar; the spaces with which the value begins
    /// are not part of it.
    /// </summary>
    private int IndentationOf(int line, int end)
    {
        var text = Value.AsSpan().TrimStart("\n\u2028\u2029");
        var own = text.Length - text.TrimStart(' ').Length;
        for (; line < end; line = AfterBreak(line))
        {
            var lineEnd = EndOfLine(line, end);
            var spaces = SpacesAt(line, lineEnd);
            if (line + spaces < lineEnd)
            {
                return Math.Max(spaces - own, 0);
            }

            line = lineEnd;
            if (line == end)
            {
                break;
            }
        }

        return int.MaxValue;
    }

    private int EndOfLine(int at, int end)
    {
        while (at < end && !IsBreak(at))
        {
            at++;
        }

        return at;
    }

    private int SpacesAt(int line, int end)
    {
        var spaces = Source.AsSpan(line, end - line).IndexOfAnyExcept(' ');
        return spaces < 0 ? end - line : spaces;
    }
}
