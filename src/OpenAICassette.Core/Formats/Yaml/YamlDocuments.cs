using System.Buffers;
using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.Yaml;

/// <summary>Reads files of YAML as JSON values, says where one is not YAML, and writes them.</summary>
internal static class YamlDocuments
{
    private const string HowToEnable = "add the package OpenAICassette.Yaml and call YamlSupport.Enable()";

    private const int LongestHead = 64 << 10;

    /// <summary>Gets or sets the converter, which the host sets; null where OpenAICassette.Yaml is not there.</summary>
    public static IYamlConverter? Converter { get; set; }

    /// <summary>Reads a file.</summary>
    /// <param name="document">The file's bytes.</param>
    /// <param name="where">What to call the file in errors.</param>
    /// <param name="source">Receives the nodes, for work that follows; null if nothing does.</param>
    /// <returns>The file's documents, in order.</returns>
    /// <exception cref="CassetteException">The file is not YAML, or YAML cannot be read here.</exception>
    public static IReadOnlyList<JsonValue> Read(
        ReadOnlyMemory<byte> document,
        string where,
        CassetteSource? source = null
    )
    {
        if (JsonPlace.OfInvalidUtf8(document.Span) is { } invalid)
        {
            throw new CassetteException(
                CassetteError.CassetteInvalidYaml,
                where,
                $"not UTF-8 text at {invalid}",
                invalid.Offset
            );
        }

        try
        {
            var converter = Find(where);
            var tree = source?.Recall<YamlTree>();
            if (tree is null)
            {
                var text = Encoding.UTF8.GetString(document.Span[JsonText.MarkLength(document.Span)..]);
                tree = converter.ReadTree(text, default);
                source?.Remember(tree);
            }

            return [.. converter.ToJson(tree, default).Select(json => JsonTree.ParseFile(json).Root)];
        }
        catch (FileNotFoundException e)
        {
            throw Missing(where, e.Message, e);
        }
        catch (YamlTextException e)
        {
            throw new CassetteException(
                CassetteError.CassetteInvalidYaml,
                where,
                $"not YAML at line {e.Line}, column {e.Column}: {e.Message}",
                OffsetOf(document.Span, e),
                e
            );
        }
    }

    /// <summary>Returns the nodes of a text, up to the first place that is not YAML.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <param name="where">What to call it in errors: the path or name of its file.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The nodes; null if YAML cannot be read here and nothing says that the text is YAML.</returns>
    /// <exception cref="CassetteException">
    /// YAML cannot be read here, and the text has the name or the content of a YAML file.
    /// </exception>
    public static YamlTree? ReadTree(string text, string where, CancellationToken cancellation) =>
        ReadTree(Converter, text, where, cancellation);

    /// <summary>
    /// As <see cref="ReadTree(string, string, CancellationToken)"/>, with a converter, or null where none is there.
    /// </summary>
    internal static YamlTree? ReadTree(
        IYamlConverter? converter,
        string text,
        string where,
        CancellationToken cancellation
    )
    {
        try
        {
            return converter is not null ? converter.ReadTree(text, cancellation)
                : IsYaml(text, where) ? throw Missing(where, HowToEnable)
                : null;
        }
        catch (FileNotFoundException e)
        {
            return IsYaml(text, where) ? throw Missing(where, e.Message, e) : null;
        }
    }

    /// <summary>Returns where each character of a scalar's value comes from; null if that is not certain.</summary>
    /// <param name="text">The text that the scalar was read from.</param>
    /// <param name="scalar">The scalar.</param>
    public static ScalarPlaces? Map(string text, YamlNode scalar) => Converter?.Map(text, scalar);

    /// <summary>Writes a YAML document.</summary>
    /// <param name="output">Receives the document.</param>
    /// <param name="write">Writes the document as JSON.</param>
    /// <param name="format">The name of the format, for errors.</param>
    /// <param name="isMarked">Whether the document begins with <c>---</c>.</param>
    /// <exception cref="CassetteException">YAML cannot be written here.</exception>
    public static void Write(IBufferWriter<byte> output, Action<Utf8JsonWriter> write, string format, bool isMarked)
    {
        try
        {
            var json = new ArrayBufferWriter<byte>();
            JsonFile.Write(json, write);
            output.Write(Find(format).ToYaml(JsonTree.ParseFile(json.WrittenMemory).Root, isMarked));
        }
        catch (FileNotFoundException e)
        {
            throw Missing(format, e.Message, e);
        }
    }

    private static bool IsYaml(string text, string where)
    {
        var name = where.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? where[..^3] : where;
        if (Path.GetExtension(name).ToUpperInvariant() is ".YAML" or ".YML")
        {
            return true;
        }

        var head = Encoding.UTF8.GetBytes(text[..Math.Min(text.Length, LongestHead)]);
        return !DocumentFormat.IsJson(head)
            && CassetteFormats.Of(head) is { Match: not FormatMatch.No, Format: DocumentFormat };
    }

    private static IYamlConverter Find(string where) => Converter ?? throw Missing(where, HowToEnable);

    /// <summary>Returns the byte offset of the place that an error names; null if the file has no such line.</summary>
    private static long? OffsetOf(ReadOnlySpan<byte> document, YamlTextException error)
    {
        var start = 0;
        for (var line = 1; line < error.Line; line++)
        {
            var end = document[start..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return null;
            }

            start += end + 1;
        }

        for (var column = 1; column < error.Column && start < document.Length && document[start] != '\n'; column++)
        {
            System.Text.Rune.DecodeFromUtf8(document[start..], out _, out var length);
            start += length;
        }

        return start;
    }

    private static CassetteException Missing(string where, string reason, Exception? inner = null) =>
        new(
            CassetteError.YamlUnavailable,
            where,
            $"the file is YAML, which is not available here: {reason}",
            inner: inner
        );
}
