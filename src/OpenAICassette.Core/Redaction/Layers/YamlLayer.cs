using System.Globalization;
using System.Text;
using OpenAICassette.Formats.Yaml;

namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// Represents the value of a YAML scalar: without quotation marks, escapes, indentation and folds. An edit is written
/// in the style of the scalar.
/// </summary>
internal sealed class YamlLayer : MappedLayer
{
    private readonly ScalarPlaces _places;
    private readonly YamlKind _style;
    private readonly string _indentation;

    /// <summary>Creates the layer of a scalar.</summary>
    /// <param name="file">The layer of the file.</param>
    /// <param name="scalar">The scalar.</param>
    /// <param name="places">Where the characters of its value come from.</param>
    public YamlLayer(TextLayer file, YamlNode scalar, ScalarPlaces places)
        : base(file, scalar.Value, places.Starts)
    {
        _places = places;
        _style = scalar.Kind;
        var first = scalar.Value.AsSpan().IndexOfAnyExcept('\n');
        var isBlock = _style is YamlKind.Literal or YamlKind.Folded && first >= 0;
        _indentation = new string(' ', ColumnOf(file.Text, isBlock ? places.Starts[first] : scalar.Start));
    }

    /// <inheritdoc/>
    protected override int EndBelow(int index) => _places.EndBefore(index);

    /// <inheritdoc/>
    protected override string Written(string text) =>
        _style switch
        {
            YamlKind.DoubleQuoted => Escaped(text),
            YamlKind.Literal => WithLineEnds(text, $"\n{_indentation}"),
            YamlKind.SingleQuoted => WithLineEnds(
                text.Replace("'", "''", StringComparison.Ordinal),
                $"\n\n{_indentation}"
            ),
            _ => WithLineEnds(text, $"\n\n{_indentation}"),
        };

    private static string WithLineEnds(string text, string lineEnd) =>
        text.Replace("\n", lineEnd, StringComparison.Ordinal);

    private static string Escaped(string text)
    {
        if (text.AsSpan().IndexOfAny('"', '\\') < 0 && text.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var unit in text)
        {
            _ = unit switch
            {
                '"' or '\\' => escaped.Append('\\').Append(unit),
                '\n' => escaped.Append("\\n"),
                < ' ' => escaped.Append(CultureInfo.InvariantCulture, $"\\x{(int)unit:X2}"),
                _ => escaped.Append(unit),
            };
        }

        return escaped.ToString();
    }

    private static int ColumnOf(string text, int index) => index - 1 - text.AsSpan(0, index).LastIndexOfAny('\r', '\n');
}
