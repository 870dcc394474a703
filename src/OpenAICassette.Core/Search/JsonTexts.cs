using System.Buffers;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Search;

/// <summary>Returns whether a text is wanted.</summary>
/// <param name="text">The text.</param>
internal delegate bool TextFilter(ReadOnlySpan<char> text);

/// <summary>Lists the texts of a JSON value that are wanted, with their places; a text that is not leaves no trace.</summary>
/// <param name="side">What the place begins with.</param>
/// <param name="wanted">Chooses texts.</param>
internal sealed class JsonTexts(string side, TextFilter wanted)
{
    private const int LongestWord = 256;

    /// <summary>The member that says who speaks, in every API that has messages.</summary>
    private const string RoleMember = "role";

    /// <summary>Returns the texts of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="before">
    /// The element before it in a stream; what it has at the same place is left out. Undefined if there is none.
    /// </param>
    public IReadOnlyList<RecordedText> Of(JsonValue value, JsonValue before = default)
    {
        if (!value.Exists)
        {
            return [];
        }

        var texts = new List<RecordedText>();
        var decoded = ArrayPool<char>.Shared.Rent(value.Length);
        try
        {
            Visit(value, value.Row, before, decoded, texts);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(decoded);
        }

        return texts;
    }

    private void Visit(JsonValue root, int row, JsonValue before, char[] decoded, List<RecordedText> texts)
    {
        var tree = root.Tree;
        ref readonly var value = ref tree.Row(row);
        if (value.Kind == JsonValueKind.String)
        {
            if (IsRepeated(root, row, before))
            {
                return;
            }

            var text = decoded.AsSpan(0, JsonText.Decode(tree.Bytes(row)[1..^1], decoded));
            if (wanted(text) && !IsBinary(text))
            {
                texts.Add(new RecordedText(Place(root, row), text.ToString(), RoleAt(root, row)));
            }
        }
        else if (value.Kind is JsonValueKind.Object or JsonValueKind.Array)
        {
            // The value of a member stands after its name.
            var skipped = value.Kind == JsonValueKind.Object ? 1 : 0;
            for (var inner = row + 1 + skipped; inner < value.Next + skipped; inner = tree.Row(inner).Next + skipped)
            {
                Visit(root, inner, before, decoded, texts);
            }
        }
    }

    /// <summary>Returns whether the element before has the same bytes at the same place, as most chunks have.</summary>
    private static bool IsRepeated(JsonValue root, int row, JsonValue before)
    {
        var place = before.Row + (row - root.Row);
        return before.Exists
            && place < before.Tree.Row(before.Row).Next
            && before.Tree.Bytes(place).SequenceEqual(root.Tree.Bytes(row));
    }

    private string Place(JsonValue root, int row) => row == root.Row ? side : $"{side} {JsonPointer.Of(root, row)}";

    /// <summary>Returns the role of the innermost object around a value that has one.</summary>
    private static string? RoleAt(JsonValue root, int row)
    {
        string? role = null;
        for (var around = root; around.Row != row; )
        {
            role = around[RoleMember].Text ?? role;
            var isObject = around.Kind == JsonValueKind.Object;
            var inner = around.Row + (isObject ? 2 : 1);
            while (root.Tree.Row(inner).Next is var next && next <= row)
            {
                inner = next + (isObject ? 1 : 0);
            }

            around = new JsonValue(root.Tree, inner);
        }

        return role;
    }

    /// <summary>Returns whether a text is base64, which nobody searches: a picture, audio, or a vector.</summary>
    private static bool IsBinary(ReadOnlySpan<char> text) =>
        text.Length > LongestWord
        && (
            (
                text.StartsWith("data:", StringComparison.Ordinal)
                && text[..LongestWord].Contains(";base64,", StringComparison.Ordinal)
            ) || (!text[..LongestWord].Contains(' ') && System.Buffers.Text.Base64.IsValid(text))
        );
}
