using OpenAICassette.Text;

namespace OpenAICassette.Formats.Toml;

/// <summary>Reads files of TOML as JSON values, and says where one is not TOML.</summary>
internal static class TomlDocument
{
    /// <summary>Gets or sets the converter, which the host sets; null where OpenAICassette.Decoders is not there.</summary>
    public static ITomlConverter? Converter { get; set; }

    /// <summary>Reads a file.</summary>
    /// <param name="document">The file's bytes; they are UTF-8.</param>
    /// <param name="where">What to call the file in errors.</param>
    /// <exception cref="CassetteException">The file is not TOML, or TOML cannot be read here.</exception>
    public static JsonValue Read(ReadOnlyMemory<byte> document, string where)
    {
        try
        {
            var converter = Converter
                ?? throw Missing(where, "add the package OpenAICassette.Decoders and call DecoderSupport.Enable()");
            return JsonTree
                .ParseFile(converter.ToJson(document.Span[JsonText.MarkLength(document.Span)..], default))
                .Root;
        }
        catch (FileNotFoundException e)
        {
            throw Missing(where, e.Message, e);
        }
        catch (TomlTextException e)
        {
            throw new CassetteException(
                CassetteError.CassetteInvalidToml,
                where,
                $"not TOML at line {e.Line}, column {e.Column}: {e.Message}",
                inner: e
            );
        }
    }

    private static CassetteException Missing(string where, string reason, Exception? inner = null) =>
        new(
            CassetteError.DecoderUnavailable,
            where,
            $"the file is TOML, which is not available here: {reason}",
            inner: inner
        );
}
