using System.Text;

namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// Represents a decoded YAML scalar (YAML 1.2, sections 7.3 and 8.1): without quotation marks, escapes, indentation and
/// folds.
/// </summary>
internal sealed class YamlLayer : MappedLayer
{
    private readonly string _lineEnd;

    private YamlLayer(TextLayer parent, YamlScalar scalar, string text, int[] indexes)
        : base(parent, text, indexes)
    {
        Name = scalar.Name;
        var indent = new string(' ', scalar.Indent);
        _lineEnd = scalar.Style switch
        {
            '"' => @"\n",
            '|' => $"\n{indent}",
            _ => $"\n\n{indent}",
        };
    }

    /// <summary>Creates the layer of a scalar.</summary>
    /// <param name="parent">The layer of the file.</param>
    /// <param name="scalar">The position of the scalar in it.</param>
    public static YamlLayer Of(TextLayer parent, YamlScalar scalar)
    {
        var reader = new Reader(parent.Text, scalar);
        if (scalar.Style is '|' or '>')
        {
            reader.ReadBlock();
        }
        else
        {
            reader.ReadFlow();
        }

        reader.Indexes.Add(reader.End);
        return new YamlLayer(parent, scalar, reader.Text.ToString(), [.. reader.Indexes]);
    }

    /// <inheritdoc/>
    protected override string Written(string text) => text.Replace("\n", _lineEnd, StringComparison.Ordinal);

    private sealed class Reader(string source, YamlScalar scalar)
    {
        private int _kept;

        public StringBuilder Text { get; } = new();

        public List<int> Indexes { get; } = [];

        public int End { get; } = scalar.Style is '"' or '\'' ? scalar.End - 1 : scalar.End;

        /// <summary>
        /// Reads quoted and plain scalars: line ends are folded, and spaces around them do not count.
        /// </summary>
        public void ReadFlow()
        {
            for (var at = scalar.Style is '"' or '\'' ? scalar.Start + 1 : scalar.Start; at < End; )
            {
                switch (source[at])
                {
                    case '\r' or '\n':
                        Text.Length = Math.Max(
                            _kept,
                            Text.ToString(_kept, Text.Length - _kept).TrimEnd(' ', '\t').Length + _kept
                        );
                        Indexes.RemoveRange(Text.Length, Indexes.Count - Text.Length);
                        at = Fold(at, isFolded: true);
                        break;
                    case '\'' when scalar.Style == '\'':
                        Take('\'', at);
                        at += 2;
                        break;
                    case '\\' when scalar.Style == '"':
                        at = Escape(at);
                        _kept = Text.Length;
                        break;
                    default:
                        Take(source[at], at++);
                        break;
                }
            }
        }

        /// <summary>
        /// Reads a block: without its indentation, and in one with &gt; lines that are not indented further are folded.
        /// </summary>
        public void ReadBlock()
        {
            var wasText = false;
            for (var line = scalar.Start; line < End; )
            {
                var end = source.AsSpan(line, End - line).IndexOfAny('\r', '\n') is var found and >= 0
                    ? line + found
                    : End;
                var isBlank = source.AsSpan(line, end - line).IndexOfAnyExcept(' ') < 0;
                var from = isBlank ? end : Math.Min(end, line + scalar.Indent);
                var isText = !isBlank && source[from] is not (' ' or '\t');
                if (scalar.Style == '>' && isText && wasText)
                {
                    Text[^1] = ' ';
                }

                for (var at = from; at < end; at++)
                {
                    Take(source[at], at);
                }

                Take('\n', end);
                wasText = isText;
                line = AfterBreak(end);
            }
        }

        private void Take(char unit, int at)
        {
            Text.Append(unit);
            Indexes.Add(at);
        }

        /// <summary>
        /// Reads line ends: a single one is a space, of several each after the first is a line end, and an escaped one
        /// is nothing.
        /// </summary>
        private int Fold(int at, bool isFolded)
        {
            var first = at;
            var breaks = 0;
            while (at < End && source[at] is '\r' or '\n' or ' ' or '\t')
            {
                breaks += source[at] is '\r' or '\n' ? 1 : 0;
                at = source[at] is '\r' or '\n' ? AfterBreak(at) : at + 1;
            }

            for (var i = 1; i < breaks; i++)
            {
                Take('\n', first);
            }

            if (breaks == 1 && isFolded)
            {
                Take(' ', first);
            }

            _kept = Text.Length;
            return at;
        }

        private int Escape(int at)
        {
            var sign = at + 1 < End ? source[at + 1] : '\\';
            if (sign is '\r' or '\n')
            {
                return Fold(at + 1, isFolded: false);
            }

            var digits = sign switch
            {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ => 0,
            };
            if (
                digits > 0
                && at + 2 + digits <= End
                && int.TryParse(
                    source.AsSpan(at + 2, digits),
                    System.Globalization.NumberStyles.AllowHexSpecifier,
                    System.Globalization.CultureInfo.InvariantCulture,
                    out var code
                )
            )
            {
                var written =
                    code is < 0 or > 0x10FFFF ? "\uFFFD"
                    : code <= 0xFFFF ? ((char)code).ToString()
                    : char.ConvertFromUtf32(code);
                foreach (var unit in written)
                {
                    Take(unit, at);
                }

                return at + 2 + digits;
            }

            Take(
                sign switch
                {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    '0' => '\0',
                    'a' => '\a',
                    'b' => '\b',
                    'v' => '\v',
                    'f' => '\f',
                    'e' => '\e',
                    'N' => '\u0085',
                    '_' => '\u00A0',
                    'L' => '\u2028',
                    'P' => '\u2029',
                    _ => sign,
                },
                at
            );
            return at + 2;
        }

        private int AfterBreak(int at) =>
            source.AsSpan(at).StartsWith("\r\n", StringComparison.Ordinal) ? at + 2 : at + 1;
    }
}
