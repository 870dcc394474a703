using System.Text.Json;

namespace OpenAICassette.Text;

/// <summary>
/// JSON as Python's <c>json.dumps(…, indent=2)</c> lays it out. Number tokens stay as they were written; everything
/// else comes out the same however the document was laid out before.
/// </summary>
internal static class RecorderText
{
    private static ReadOnlySpan<byte> Spaces => "                                                                "u8;

    /// <summary>Writes a value.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="value">The value.</param>
    /// <param name="depth">How deep the value stands.</param>
    public static void Write(ByteBuilder output, JsonValue value, int depth = 0) =>
        Write(output, value.Tree, value.Row, depth);

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
    public static void BeginItem(ByteBuilder output, bool isFirst, int depth)
    {
        if (!isFirst)
        {
            output.Append(","u8);
        }

        EndLine(output, depth);
    }

    /// <summary>Ends a line and indents the next.</summary>
    public static void EndLine(ByteBuilder output, int depth)
    {
        output.Append("\n"u8);
        for (var indent = depth * 2; indent > 0; indent -= Spaces.Length)
        {
            output.Append(Spaces[..Math.Min(indent, Spaces.Length)]);
        }
    }

    private static void Write(ByteBuilder output, JsonTree tree, int row, int depth)
    {
        switch (tree.Row(row).Kind)
        {
            case JsonValueKind.Object:
                WriteObject(output, tree, row, depth);
                break;
            case JsonValueKind.Array:
                WriteArray(output, tree, row, depth);
                break;
            case JsonValueKind.String:
                AsciiString.WriteRaw(output, tree.Bytes(row)[1..^1]);
                break;
            default:
                output.Append(tree.Bytes(row));
                break;
        }
    }

    private static void WriteObject(ByteBuilder output, JsonTree tree, int row, int depth)
    {
        var isFirst = true;
        output.Append("{"u8);
        foreach (var (name, value) in tree.UniqueMembers(row))
        {
            BeginItem(output, isFirst, depth + 1);
            isFirst = false;
            AsciiString.WriteRaw(output, tree.Bytes(name)[1..^1]);
            output.Append(": "u8);
            Write(output, tree, value, depth + 1);
        }

        End(output, isFirst, "}"u8, depth);
    }

    private static void WriteArray(ByteBuilder output, JsonTree tree, int row, int depth)
    {
        var isFirst = true;
        output.Append("["u8);
        for (var element = row + 1; element < tree.Row(row).Next; element = tree.Row(element).Next)
        {
            BeginItem(output, isFirst, depth + 1);
            isFirst = false;
            Write(output, tree, element, depth + 1);
        }

        End(output, isFirst, "]"u8, depth);
    }

    private static void End(ByteBuilder output, bool isEmpty, ReadOnlySpan<byte> bracket, int depth)
    {
        if (!isEmpty)
        {
            EndLine(output, depth);
        }

        output.Append(bracket);
    }
}
