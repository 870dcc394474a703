using System.Runtime.InteropServices;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack.Keys;

/// <summary>
/// Represents the text that a key is the hash of: keys sorted at every level by code point, <c>", "</c> and <c>": "</c>
/// between, Python's escapes and numbers.
/// </summary>
internal sealed class KeyText(ByteBuilder output, KeyRules rules)
{
    /// <summary>Gets what the rules changed in what was written.</summary>
    private KeyEffects Effects { get; set; }

    /// <summary>Writes the body, payload or arguments of a request.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="value">The value; null is written for an undefined one.</param>
    /// <param name="rules">The rules.</param>
    /// <returns>What the rules changed.</returns>
    public static KeyEffects Write(ByteBuilder output, JsonValue value, KeyRules rules)
    {
        if (!value.Exists)
        {
            output.Append("null"u8);
            return KeyEffects.None;
        }

        var text = new KeyText(output, rules);
        text.Write(value.Tree, value.Row, isRoot: true);
        return text.Effects;
    }

    private void Write(JsonTree tree, int row, bool isRoot)
    {
        switch (tree.Row(row).Kind)
        {
            case JsonValueKind.Object:
                WriteObject(tree, row, isRoot, null);
                break;
            case JsonValueKind.Array:
                WriteArray(tree, row);
                break;
            case JsonValueKind.String:
                WriteText(tree.Bytes(row)[1..^1]);
                break;
            case JsonValueKind.Number:
                WriteNumber(tree.Bytes(row));
                break;
            default:
                output.Append(tree.Bytes(row));
                break;
        }
    }

    /// <summary>Writes an object.</summary>
    /// <param name="tree">Its document.</param>
    /// <param name="row">Its row.</param>
    /// <param name="isRoot">
    /// True for the body itself, and for objects directly in a list, which the recorder takes for roots too.
    /// </param>
    /// <param name="dropped">A member that is left out.</param>
    private void WriteObject(JsonTree tree, int row, bool isRoot, string? dropped)
    {
        var members = tree.UniqueMembers(row);
        members.Sort((a, b) => CompareNames(tree, a.Name, b.Name));
        var separator = "{"u8;
        foreach (var (name, value) in members)
        {
            var raw = tree.Bytes(name)[1..^1];
            if (dropped is not null && JsonText.Matches(raw, dropped))
            {
                Effects |= KeyEffects.DroppedProjectId;
                continue;
            }

            if (isRoot && rules.DropsStreamOptions && JsonText.Matches(raw, "stream_options"))
            {
                Effects |= KeyEffects.DroppedStreamOptions;
                continue;
            }

            output.Append(separator);
            separator = ", "u8;
            AsciiString.WriteRaw(output, raw);
            output.Append(": "u8);
            var isExtra =
                isRoot
                && rules.DropsProjectId
                && (JsonText.Matches(raw, "extra_body") || JsonText.Matches(raw, "extra_query"));
            if (isExtra && tree.Row(value).Kind == JsonValueKind.Object)
            {
                WriteObject(tree, value, isRoot: false, "project_id");
            }
            else
            {
                Write(tree, value, isRoot: false);
            }
        }

        output.Append(separator.Length == 1 ? "{}"u8 : "}"u8);
    }

    private void WriteArray(JsonTree tree, int row)
    {
        var separator = "["u8;
        for (var element = row + 1; element < tree.Row(row).Next; element = tree.Row(element).Next)
        {
            output.Append(separator);
            separator = ", "u8;
            Write(tree, element, isRoot: true);
        }

        output.Append(separator.Length == 1 ? "[]"u8 : "]"u8);
    }

    private void WriteText(ReadOnlySpan<byte> raw)
    {
        if (KeyTextRules.MayApply(raw, rules))
        {
            AsciiString.Write(output, KeyTextRules.Apply(JsonText.Decode(raw), rules, out var effects));
            Effects |= effects;
        }
        else
        {
            AsciiString.WriteRaw(output, raw);
        }
    }

    private void WriteNumber(ReadOnlySpan<byte> token)
    {
        if (rules.RoundsDecimals && PythonNumber.IsFloat(token))
        {
            var exact = PythonNumber.Parse(token);
            var rounded = PythonNumber.Round(exact);
            PythonNumber.Write(output, rounded);
            Effects |= exact.Equals(rounded) ? KeyEffects.None : KeyEffects.RoundedDecimal;
        }
        else
        {
            PythonNumber.Write(output, token);
        }
    }

    /// <summary>
    /// Orders names by code point, which is the order of their UTF-8 bytes; half a surrogate pair has no bytes and
    /// stands for itself.
    /// </summary>
    private static int CompareNames(JsonTree tree, int a, int b)
    {
        var left = tree.Bytes(a)[1..^1];
        var right = tree.Bytes(b)[1..^1];
        return left.Contains((byte)'\\') || right.Contains((byte)'\\')
            ? CodePoints(JsonText.Decode(left)).SequenceCompareTo(CodePoints(JsonText.Decode(right)))
            : left.SequenceCompareTo(right);
    }

    private static ReadOnlySpan<int> CodePoints(string text)
    {
        var points = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            points.Add(isPair ? char.ConvertToUtf32(text[i], text[++i]) : text[i]);
        }

        return CollectionsMarshal.AsSpan(points);
    }
}
