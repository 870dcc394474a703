using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.Yaml;

/// <summary>Reads files of YAML as JSON values, says where one is not YAML, and writes them.</summary>
internal static class YamlDocuments
{
    /// <summary>Gets or sets the converter, which the host sets; null where OpenAICassette.Yaml is not there.</summary>
    public static IYamlConverter? Converter { get; set; }

    /// <summary>Reads a file.</summary>
    /// <param name="document">The file's bytes.</param>
    /// <param name="where">What to call the file in errors.</param>
    /// <returns>The file's documents, in order.</returns>
    /// <exception cref="CassetteException">The file is not YAML, or YAML cannot be read here.</exception>
    public static IReadOnlyList<JsonValue> Read(ReadOnlyMemory<byte> document, string where)
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
            return [.. converter.ToJson(document.Span, default).Select(json => JsonTree.ParseFile(json).Root)];
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

    /// <summary>Writes a YAML document.</summary>
    /// <param name="write">Writes the document as JSON.</param>
    /// <param name="where">What to call the file in errors.</param>
    /// <param name="isMarked">Whether the document begins with <c>---</c>.</param>
    /// <exception cref="CassetteException">YAML cannot be written here.</exception>
    public static byte[] Write(Action<Utf8JsonWriter> write, string where, bool isMarked)
    {
        try
        {
            return Find(where).ToYaml(JsonTree.ParseFile(JsonFile.Write(write)).Root, isMarked);
        }
        catch (FileNotFoundException e)
        {
            throw Missing(where, e.Message, e);
        }
    }

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

    private static IYamlConverter Find(string where) =>
        Converter ?? throw Missing(where, "add the package OpenAICassette.Yaml and call YamlSupport.Enable()");

    private static CassetteException Missing(string where, string reason, Exception? inner = null) =>
        new(
            CassetteError.YamlUnavailable,
            where,
            $"the file is YAML, which is not available here: {reason}",
            inner: inner
        );
}
