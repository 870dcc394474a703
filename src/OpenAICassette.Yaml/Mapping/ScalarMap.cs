using OpenAICassette.Formats.Yaml;

namespace OpenAICassette;

/// <summary>
/// Leads from the characters of a scalar's value to those of the text that it is written as. It decodes the text as the
/// parser does, character by character, and compares the result with the value that the parser read.
/// </summary>
/// <param name="source">The text.</param>
/// <param name="value">The value.</param>
internal abstract class ScalarMap(string source, string value)
{
    private readonly int[] _starts = new int[value.Length + 1];
    private readonly Dictionary<int, int> _ends = [];
    private int _count;
    private bool _differs;

    /// <summary>Gets the text.</summary>
    protected string Source => source;

    /// <summary>Gets the value.</summary>
    protected string Value => value;

    /// <summary>Gets whether the text decodes to something else than the value.</summary>
    protected bool Differs => _differs;

    /// <summary>Gets whether all characters of the value were found.</summary>
    protected bool IsDone => _count == value.Length;

    /// <summary>Returns where each character of a scalar's value comes from.</summary>
    /// <param name="source">The text.</param>
    /// <param name="scalar">The scalar.</param>
    /// <returns>The places; null if the text does not decode to the value.</returns>
    public static ScalarPlaces? Of(string source, YamlNode scalar)
    {
        ScalarMap map = scalar.Kind switch
        {
            YamlKind.SingleQuoted => new SingleQuotedMap(source, scalar.Value),
            YamlKind.DoubleQuoted => new DoubleQuotedMap(source, scalar.Value),
            YamlKind.Literal => new LiteralMap(source, scalar.Value),
            YamlKind.Folded => new FoldedMap(source, scalar.Value),
            _ => new PlainMap(source, scalar.Value),
        };
        map._starts[^1] = map.Read(scalar.Start, scalar.End);
        return map.Differs || !map.IsDone ? null : new ScalarPlaces(map._starts, map._ends);
    }

    /// <summary>Reads the scalar.</summary>
    /// <returns>The index of the end of its last character.</returns>
    protected abstract int Read(int start, int end);

    /// <summary>Adds a character of the value.</summary>
    /// <param name="unit">The character.</param>
    /// <param name="at">Where it begins in the text.</param>
    protected void Take(char unit, int at)
    {
        if (_count < value.Length && value[_count] == unit)
        {
            _starts[_count++] = at;
        }
        else
        {
            _differs = true;
        }
    }

    /// <summary>Passes over text that means nothing.</summary>
    /// <param name="at">Where it begins.</param>
    protected void Pass(int at) => _ends.TryAdd(_count, at);

    /// <summary>Returns whether there is a space or a tab.</summary>
    protected bool IsBlank(int at) => source[at] is ' ' or '\t';

    /// <summary>
    /// Returns whether there is a line break: also the three of Unicode, which are line breaks in YAML 1.1 only, and
    /// for the parser.
    /// </summary>
    protected bool IsBreak(int at) => source[at] is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    /// <summary>Returns the index after a line break.</summary>
    protected int AfterBreak(int at) =>
        source[at] == '\r' && at + 1 < source.Length && source[at + 1] == '\n' ? at + 2 : at + 1;

    /// <summary>Returns what a line break is read as.</summary>
    protected char BreakAt(int at) => source[at] is '\u2028' or '\u2029' ? source[at] : '\n';
}
