namespace OpenAICassette.Text;

/// <summary>
/// Represents an event of a stream (WHATWG HTML, section 9.2.6): its lines as they came, and what its fields say.
/// </summary>
/// <param name="Lines">The lines, without line ends and without the blank line that ends the event.</param>
/// <param name="End">The offset after the event in the text that it was read from, its blank line included.</param>
internal sealed record ServerSentEvent(IReadOnlyList<string> Lines, int End)
{
    private const string DataField = "data";
    private const string NameField = "event";

    /// <summary>Gets the values of the data fields, joined by line feeds; null for an event without data.</summary>
    public string? Data => field ??= DataOf(Lines);

    /// <summary>Gets the value of the last event field; null for an event without a name.</summary>
    public string? Name => NameOf(Lines);

    /// <summary>
    /// Returns the name in an event's lines, which is the value of the last event field; null if there is none.
    /// </summary>
    public static string? NameOf(IReadOnlyList<string> lines)
    {
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            if (Value(lines[i], NameField) is { } name)
            {
                return name.Trim();
            }
        }

        return null;
    }

    /// <summary>Returns the data of an event's lines; null if no line carries data.</summary>
    public static string? DataOf(IEnumerable<string> lines)
    {
        string? data = null;
        foreach (var line in lines)
        {
            if (Value(line, DataField) is { } value)
            {
                data = data is null ? value : $"{data}\n{value}";
            }
        }

        return data;
    }

    /// <summary>Returns whether a line carries data.</summary>
    public static bool IsData(string line) => IsField(line, DataField);

    /// <summary>Returns whether a line begins with a field's name and its colon, or for a comment.</summary>
    public static bool IsLine(ReadOnlySpan<char> line) =>
        line is [':', ..]
        || IsField(line, DataField)
        || IsField(line, NameField)
        || IsField(line, "id")
        || IsField(line, "retry");

    /// <summary>
    /// Returns where a data line's value starts; 0 for another line. A space after the colon belongs to neither.
    /// </summary>
    public static int DataStart(ReadOnlySpan<char> line) =>
        !IsField(line, DataField) ? 0 : DataField.Length + (line[(DataField.Length + 1)..] is [' ', ..] ? 2 : 1);

    private static string? Value(string line, string name)
    {
        if (!IsField(line, name))
        {
            return null;
        }

        var start = name.Length + 1;
        return line[(start < line.Length && line[start] == ' ' ? start + 1 : start)..];
    }

    private static bool IsField(ReadOnlySpan<char> line, string name) =>
        line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.Ordinal);
}
