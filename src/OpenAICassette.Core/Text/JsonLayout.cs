using System.Text;
using System.Text.Json;

namespace OpenAICassette.Text;

/// <summary>
/// Represents how a service lays out its JSON: with or without spaces and line breaks, in ASCII or not. Together with the
/// values, it gives the exact text.
/// </summary>
internal sealed record JsonLayout
{
    /// <summary>The deepest indentation that is recognized.</summary>
    private const int MostIndent = 8;

    private static ReadOnlySpan<byte> Spaces => "                                                                "u8;

    /// <summary>Gets the number of spaces that each level is indented by; 0 for a text on one line.</summary>
    public int Indent { get; init; }

    /// <summary>Gets whether a space follows each colon, and on one line also each comma.</summary>
    public bool IsSpaced { get; init; }

    /// <summary>Gets whether characters outside ASCII are escaped.</summary>
    public bool IsAscii { get; init; }

    /// <summary>Gets the white space after the text.</summary>
    public string End { get; init; } = string.Empty;

    /// <summary>Returns the layout of a text; null if it is irregular or the text is not JSON.</summary>
    /// <param name="json">The text.</param>
    /// <param name="value">Its value.</param>
    public static JsonLayout? Of(ReadOnlySpan<byte> json, JsonValue value)
    {
        var text = json.TrimEnd(" \r\n\t"u8);
        var layout = new JsonLayout
        {
            Indent = IndentOf(text),
            IsSpaced = text.IndexOf("\": "u8) >= 0 || (text.IndexOf("\":"u8) < 0 && text.IndexOf(", "u8) >= 0),
            IsAscii = Ascii.IsValid(text) && text.IndexOf("\\u"u8) >= 0,
            End = Encoding.UTF8.GetString(json[text.Length..]),
        };
        return layout.Write(value).AsSpan().SequenceEqual(json) ? layout : null;
    }

    /// <summary>Returns a value in this layout.</summary>
    public byte[] Write(JsonValue value)
    {
        var output = new ByteBuilder(value.Length + 64);
        Write(output, value, depth: 0);
        output.Append(End);
        return output.ToArray();
    }

    /// <summary>Writes a value in this layout, without the white space after the text.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="value">The value.</param>
    /// <param name="depth">How deep the value stands.</param>
    public void Write(ByteBuilder output, JsonValue value, int depth) => Write(output, value.Tree, value.Row, depth);

    private static int IndentOf(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3 || text[1] != '\n')
        {
            return 0;
        }

        var indent = text[2..].IndexOfAnyExcept((byte)' ');
        return indent is > 0 and <= MostIndent ? indent : 0;
    }

    private void Write(ByteBuilder output, JsonTree tree, int row, int depth)
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
                WriteString(output, tree.Bytes(row)[1..^1]);
                break;
            default:
                output.Append(tree.Bytes(row));
                break;
        }
    }

    private void WriteObject(ByteBuilder output, JsonTree tree, int row, int depth)
    {
        var isFirst = true;
        output.Append("{"u8);
        foreach (var (name, value) in tree.UniqueMembers(row))
        {
            BeginItem(output, isFirst, depth + 1);
            isFirst = false;
            WriteString(output, tree.Bytes(name)[1..^1]);
            output.Append(IsSpaced ? ": "u8 : ":"u8);
            Write(output, tree, value, depth + 1);
        }

        EndItems(output, isFirst, depth);
        output.Append("}"u8);
    }

    private void WriteArray(ByteBuilder output, JsonTree tree, int row, int depth)
    {
        var isFirst = true;
        output.Append("["u8);
        for (var element = row + 1; element < tree.Row(row).Next; element = tree.Row(element).Next)
        {
            BeginItem(output, isFirst, depth + 1);
            isFirst = false;
            Write(output, tree, element, depth + 1);
        }

        EndItems(output, isFirst, depth);
        output.Append("]"u8);
    }

    /// <summary>Begins a member or element: the separator before it, and its line.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="isFirst">True for the first one of its object or array.</param>
    /// <param name="depth">How deep it stands.</param>
    public void BeginItem(ByteBuilder output, bool isFirst, int depth)
    {
        if (!isFirst)
        {
            output.Append(IsSpaced && Indent == 0 ? ", "u8 : ","u8);
        }

        BeginLine(output, depth);
    }

    private void EndItems(ByteBuilder output, bool isEmpty, int depth)
    {
        if (!isEmpty)
        {
            BeginLine(output, depth);
        }
    }

    /// <summary>Begins a line and indents it; nothing if the text is on one line.</summary>
    public void BeginLine(ByteBuilder output, int depth)
    {
        if (Indent == 0)
        {
            return;
        }

        output.Append((byte)'\n');
        for (var indent = depth * Indent; indent > 0; indent -= Spaces.Length)
        {
            output.Append(Spaces[..Math.Min(indent, Spaces.Length)]);
        }
    }

    private void WriteString(ByteBuilder output, ReadOnlySpan<byte> raw)
    {
        if (IsAscii)
        {
            AsciiString.WriteRaw(output, raw);
        }
        else if (raw.IndexOf((byte)'\\') < 0)
        {
            output.Append((byte)'"');
            output.Append(raw);
            output.Append((byte)'"');
        }
        else
        {
            WriteUnescaped(output, JsonText.Decode(raw));
        }
    }

    /// <summary>Writes a string with only the escapes that JSON requires (RFC 8259, section 7).</summary>
    private static void WriteUnescaped(ByteBuilder output, ReadOnlySpan<char> text)
    {
        Span<byte> escaped = stackalloc byte[6];
        output.Append((byte)'"');
        while (text.IndexOfAny(AsciiString.MustEscape) is var at and >= 0)
        {
            output.Append(text[..at]);
            output.Append(AsciiString.Escape(text[at], escaped));
            text = text[(at + 1)..];
        }

        output.Append(text);
        output.Append((byte)'"');
    }
}
