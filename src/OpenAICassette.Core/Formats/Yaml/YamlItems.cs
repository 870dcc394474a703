using OpenAICassette.Text;

namespace OpenAICassette.Formats.Yaml;

/// <summary>
/// Finds where the items of a list begin in a YAML file that was read before. It follows indentation alone, so a
/// caller must compare the number of items with what was read.
/// </summary>
internal static class YamlItems
{
    /// <summary>Returns the byte offset of each item.</summary>
    /// <param name="text">The file.</param>
    /// <param name="list">The JSON pointer of the list; empty for one item in each document.</param>
    public static IReadOnlyList<int> Find(ReadOnlySpan<byte> text, string list)
    {
        var names = list.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var offsets = new List<int>();
        var (depth, above, indentation) = (0, -1, -1);
        var isNewDocument = true;
        for (var start = JsonText.MarkLength(text); start < text.Length; )
        {
            var length = text[start..].IndexOf((byte)'\n');
            var next = length < 0 ? text.Length : start + length + 1;
            var line = text[start..next].TrimEnd("\r\n \t"u8);
            var content = line.TrimStart((byte)' ');
            var at = line.Length - content.Length;
            if (line.StartsWith("---"u8))
            {
                (depth, above, indentation, isNewDocument) = (0, -1, -1, true);
            }
            else if (content.IsEmpty || content[0] is (byte)'#' or (byte)'%')
            {
                // Nothing stands there.
            }
            else if (names.Length == 0)
            {
                AddIf(isNewDocument, offsets, start);
                isNewDocument = false;
            }
            else if (depth < names.Length)
            {
                if (at > above && IsKey(content, names[depth]))
                {
                    (depth, above) = (depth + 1, at);
                }
            }
            else if (content[0] == '-' && (indentation < 0 ? at >= above : at == indentation))
            {
                indentation = at;
                offsets.Add(start + at);
            }
            else if (at <= above)
            {
                break;
            }

            start = next;
        }

        return offsets;
    }

    private static void AddIf(bool isItem, List<int> offsets, int start)
    {
        if (isItem)
        {
            offsets.Add(start);
        }
    }

    private static bool IsKey(ReadOnlySpan<byte> content, string name) =>
        content.Length > name.Length
        && content[name.Length] == ':'
        && System.Text.Ascii.Equals(content[..name.Length], name);
}
