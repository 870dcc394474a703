namespace OpenAICassette.Text;

/// <summary>
/// JSON as Python's <c>json.dumps(…, indent=2)</c> lays it out. Number tokens stay as they were written; everything
/// else comes out the same however the document was laid out before.
/// </summary>
internal static class RecorderText
{
    private static readonly JsonLayout s_layout = new()
    {
        Indent = 2,
        IsSpaced = true,
        IsAscii = true,
    };

    /// <summary>Writes a value.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="value">The value.</param>
    /// <param name="depth">How deep the value stands.</param>
    public static void Write(ByteBuilder output, JsonValue value, int depth = 0) =>
        s_layout.Write(output, value, depth);

    /// <summary>Returns whether two values are written the same, however they were laid out.</summary>
    public static bool IsSame(JsonValue one, JsonValue other)
    {
        ByteBuilder first = new(one.Length * 2),
            second = new(one.Length * 2);
        Write(first, one);
        Write(second, other);
        return first.Span.SequenceEqual(second.Span);
    }

    /// <summary>Begins a member or element: the separator before it, a new line, and its indentation.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="isFirst">True for the first one of its object or array.</param>
    /// <param name="depth">How deep it stands.</param>
    public static void BeginItem(ByteBuilder output, bool isFirst, int depth) =>
        s_layout.BeginItem(output, isFirst, depth);

    /// <summary>Ends a line and indents the next.</summary>
    public static void EndLine(ByteBuilder output, int depth) => s_layout.BeginLine(output, depth);
}
