using OpenAICassette.Text;

namespace OpenAICassette.Formats.Yaml;

/// <summary>Reads files of YAML as JSON values, and says where one is not YAML.</summary>
internal static class YamlDocuments
{
    /// <summary>Gets or sets the reader, which the host sets; null where OpenAICassette.Yaml is not there.</summary>
    public static IYamlReader? Reader { get; set; }

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

        var reader = Reader
            ?? throw new CassetteException(
                CassetteError.YamlUnavailable,
                where,
                "this file is YAML: add the package OpenAICassette.Yaml and call YamlSupport.Enable() to read it"
            );
        try
        {
            return [.. reader.ToJson(document.Span, default).Select(json => JsonTree.ParseFile(json).Root)];
        }
        catch (FileNotFoundException e)
        {
            throw new CassetteException(
                CassetteError.YamlUnavailable,
                where,
                $"this file is YAML and cannot be read here: {e.Message}",
                inner: e
            );
        }
        catch (YamlTextException e)
        {
            throw new CassetteException(
                CassetteError.CassetteInvalidYaml,
                where,
                $"not YAML at line {e.Line}, column {e.Column}: {e.Message}",
                inner: e
            );
        }
    }
}
