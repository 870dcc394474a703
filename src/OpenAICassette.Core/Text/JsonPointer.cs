using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Text;

/// <summary>JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary>
    /// Returns the pointer of a row below a value: of a value itself, or of the member whose name the row is.
    /// </summary>
    public static string Of(JsonValue root, int row)
    {
        var pointer = new StringBuilder();
        var tree = root.Tree;
        for (var at = root.Row; at != row && tree.Row(at).Kind is JsonValueKind.Object or JsonValueKind.Array; )
        {
            var isObject = tree.Row(at).Kind == JsonValueKind.Object;
            var index = 0;
            var inner = at + 1;
            for (var end = tree.Row(at).Next; inner < end; index++)
            {
                var value = isObject ? inner + 1 : inner;
                if (row < tree.Row(value).Next)
                {
                    break;
                }

                inner = tree.Row(value).Next;
            }

            pointer
                .Append('/')
                .Append(
                    isObject
                        ? Part(JsonText.Decode(tree.Bytes(inner)[1..^1]))
                        : index.ToString(CultureInfo.InvariantCulture)
                );
            at = isObject && row != inner ? inner + 1 : inner;
        }

        return pointer.ToString();
    }

    /// <summary>Returns a member's name as a part of a pointer.</summary>
    public static string Part(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>Returns the name that a part of a pointer stands for.</summary>
    public static string Name(string part) =>
        part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
