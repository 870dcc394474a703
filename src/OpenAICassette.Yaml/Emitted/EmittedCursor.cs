using OpenAICassette.Text;

namespace OpenAICassette.Emitted;

/// <summary>A place in a YAML text, and what was written of it so far.</summary>
internal ref struct EmittedCursor
{
    private const int DeepestNesting = 100;
    private const int NodesBetweenLooks = 1024;

    private readonly CancellationToken _cancellation;
    private int _depth;
    private int _nodes;

    /// <summary>Begins at the start of a text.</summary>
    public EmittedCursor(ReadOnlySpan<byte> text, ByteBuilder output, CancellationToken cancellation)
    {
        Text = text;
        Output = output;
        _cancellation = cancellation;
    }

    /// <summary>The text; it ends with a line feed.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Takes the JSON.</summary>
    public ByteBuilder Output { get; }

    /// <summary>The offset of the next byte.</summary>
    public int At { get; set; }

    /// <summary>The column of the content of the line, from 0; -1 at the end of the text.</summary>
    public int Column { get; set; }

    /// <summary>True when nothing is left.</summary>
    public readonly bool IsEnd => Column < 0;

    /// <summary>True at a line that begins a document.</summary>
    public readonly bool IsMark => Column == 0 && Text[At..].StartsWith("---"u8);

    /// <summary>True at the dash of a sequence's item.</summary>
    public readonly bool IsItem => Text[At] == '-' && Text[At + 1] is (byte)' ' or (byte)'\n';

    /// <summary>Enters a node.</summary>
    /// <returns>False if it is nested too deep for this reader.</returns>
    public bool TryEnter()
    {
        if (++_nodes % NodesBetweenLooks == 1)
        {
            _cancellation.ThrowIfCancellationRequested();
        }

        return ++_depth <= DeepestNesting;
    }

    /// <summary>Leaves a node.</summary>
    public void Leave() => _depth--;

    /// <summary>Steps over blanks.</summary>
    public void SkipBlanks()
    {
        while (Text[At] == ' ')
        {
            At++;
        }
    }

    /// <summary>Goes from the beginning of a line to the content of the first line that has any.</summary>
    public void NextLine()
    {
        while (At < Text.Length)
        {
            var start = At;
            SkipBlanks();
            switch (Text[At])
            {
                case (byte)'\n':
                    At++;
                    continue;
                case (byte)'#':
                    At += Text[At..].IndexOf((byte)'\n') + 1;
                    continue;
                default:
                    Column = At - start;
                    return;
            }
        }

        Column = -1;
    }

    /// <summary>Goes to the next line that has content.</summary>
    /// <returns>False if something other than blanks is left in this line.</returns>
    public bool TryEndLine()
    {
        SkipBlanks();
        if (Text[At] != '\n')
        {
            return false;
        }

        At++;
        NextLine();
        return true;
    }

    /// <summary>
    /// Goes over a line end inside a scalar, and the blank lines after it, to the content of the line that goes on.
    /// </summary>
    /// <param name="parent">The column that the content must be to the right of.</param>
    /// <param name="blankLines">The number of blank lines.</param>
    /// <returns>False if the line does not go on, or if that is not certain.</returns>
    public bool TryContinue(int parent, out int blankLines)
    {
        blankLines = -1;
        var start = At;
        while (At < Text.Length && Text[At] == '\n')
        {
            blankLines++;
            At++;
            start = At;
            while (At < Text.Length && Text[At] == ' ')
            {
                At++;
            }
        }

        return At < Text.Length && At - start > parent && Text[At] != '\t';
    }

    /// <summary>Writes a stretch of text as a part of a JSON string.</summary>
    public readonly void Write(ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny((byte)'"', (byte)'\\', (byte)'\t') is var special and >= 0)
        {
            Output.Append(text[..special]);
            Output.Append(
                text[special] == '\t' ? "\\t"u8
                : text[special] == '"' ? "\\\""u8
                : "\\\\"u8
            );
            text = text[(special + 1)..];
        }

        Output.Append(text);
    }

    /// <summary>Writes what a line end inside a scalar means: a blank, or a line feed for each blank line.</summary>
    public readonly void WriteFold(int blankLines)
    {
        if (blankLines == 0)
        {
            Output.Append((byte)' ');
        }

        for (var line = 0; line < blankLines; line++)
        {
            Output.Append("\\n"u8);
        }
    }
}
