using OpenAICassette.Text;

namespace OpenAICassette.Formats.Toml;

/// <summary>Looks at the beginning of a TOML file, which may be cut off anywhere.</summary>
internal static class TomlHead
{
    /// <summary>Returns whether a file begins with a list of tables, after at most one plain key.</summary>
    /// <param name="head">The beginning of the file.</param>
    /// <param name="key">The name of the key that may stand before the list.</param>
    /// <param name="lists">The names of the lists.</param>
    public static bool BeginsWithList(
        ReadOnlySpan<byte> head,
        ReadOnlySpan<byte> key,
        params ReadOnlySpan<string> lists
    )
    {
        var rest = head[JsonText.MarkLength(head)..];
        while (TryReadLine(ref rest, out var line))
        {
            if (line is [(byte)'[', (byte)'[', .. var name])
            {
                return name.IndexOf("]]"u8) is var end and > 0 && lists.Contains(NameOf(name[..end]));
            }

            if (key.IsEmpty || !line.StartsWith(key) || !line[key.Length..].TrimStart(" \t"u8).StartsWith("="u8))
            {
                return false;
            }

            key = default;
        }

        return false;
    }

    private static string NameOf(ReadOnlySpan<byte> name) => System.Text.Encoding.Latin1.GetString(name.Trim(" \t"u8));

    /// <summary>Reads the next line that is neither blank nor a comment.</summary>
    private static bool TryReadLine(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            line = (end < 0 ? rest : rest[..end]).Trim(" \t\r"u8);
            rest = end < 0 ? default : rest[(end + 1)..];
            if (!line.IsEmpty && line[0] != '#')
            {
                return true;
            }
        }

        line = default;
        return false;
    }
}
