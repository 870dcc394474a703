using OpenAICassette.Text;

namespace OpenAICassette.Formats.Yaml;

/// <summary>
/// Looks at the beginning of a YAML file, which may be cut off anywhere. It follows indentation and reads no values, as
/// a probe must be fast and needs no more.
/// </summary>
internal static class YamlHead
{
    /// <summary>Returns whether there is a key at a path, in the part of the file that is there.</summary>
    /// <param name="head">The beginning of the file.</param>
    /// <param name="path">The keys, separated by a slash; [] for the first item of a sequence.</param>
    public static bool Has(ReadOnlySpan<byte> head, ReadOnlySpan<byte> path)
    {
        if (!JsonHead.HasNames(head, path))
        {
            return false;
        }

        var lines = new LineReader(head[JsonText.MarkLength(head)..]);
        var above = -1;
        foreach (var step in path.Split((byte)'/'))
        {
            var isFound = JsonHead.IsElement(path[step])
                ? lines.TryEnterSequence(above)
                : lines.TryFind(path[step], above);
            if (!isFound)
            {
                return false;
            }

            above = lines.Indentation;
        }

        return true;
    }

    /// <summary>Reads lines, of which one can be read again from behind its dash.</summary>
    private ref struct LineReader(ReadOnlySpan<byte> text)
    {
        private ReadOnlySpan<byte> _rest = text;
        private ReadOnlySpan<byte> _line;
        private bool _isPending;
        private bool _isItem;
        private bool _isText;

        /// <summary>Gets how far the line that was found is indented.</summary>
        public int Indentation { get; private set; } = -1;

        /// <summary>Goes to the first item of the sequence below a key.</summary>
        public bool TryEnterSequence(int above)
        {
            if (_isText || !TryRead() || Indentation < above || !_line.StartsWith("- "u8))
            {
                return false;
            }

            // What follows the dash is the item's first line, as far indented as it stands.
            var content = _line[1..].TrimStart((byte)' ');
            Indentation += _line.Length - content.Length;
            _line = content;
            _isPending = true;
            _isItem = true;
            return true;
        }

        /// <summary>Goes to a key among those of one mapping.</summary>
        public bool TryFind(ReadOnlySpan<byte> key, int above)
        {
            if (_isText || !TryRead())
            {
                return false;
            }

            var level = Indentation;
            if (level < above || (level == above && !_isItem))
            {
                return false;
            }

            do
            {
                var after = Indentation == level ? AfterKey(_line, key) : -1;
                if (after >= 0)
                {
                    // A key with a value on its own line has no keys below it.
                    var value = _line[after..].TrimStart((byte)' ');
                    _isText = !value.IsEmpty && value[0] is not ((byte)'!' or (byte)'&' or (byte)'#');
                    _isItem = false;
                    return true;
                }
            } while (TryRead() && Indentation >= level);

            return false;
        }

        private bool TryRead()
        {
            if (_isPending)
            {
                _isPending = false;
                return true;
            }

            while (!_rest.IsEmpty)
            {
                var end = _rest.IndexOf((byte)'\n');
                var line = end < 0 ? _rest : _rest[..end];
                _rest = end < 0 ? default : _rest[(end + 1)..];
                var content = line.TrimStart((byte)' ');
                var indentation = line.Length - content.Length;
                content = content.TrimEnd("\r \t"u8);
                var isMark = indentation == 0 && (content.StartsWith("---"u8) || content.StartsWith("%"u8));
                if (content.IsEmpty || content[0] == '#' || isMark)
                {
                    continue;
                }

                _line = content;
                Indentation = indentation;
                return true;
            }

            return false;
        }

        /// <summary>Returns the offset of what follows a key and its colon; -1 if a line has another key.</summary>
        private static int AfterKey(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key)
        {
            var quote = line[0] is (byte)'"' or (byte)'\'' ? 1 : 0;
            if (!line[quote..].StartsWith(key))
            {
                return -1;
            }

            var colon = key.Length + quote + quote;
            var isKey = line.Length > colon && line[colon] == ':';
            return isKey && (line.Length == colon + 1 || line[colon + 1] is (byte)' ' or (byte)'\t') ? colon + 1 : -1;
        }
    }
}
