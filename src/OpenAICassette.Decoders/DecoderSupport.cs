using OpenAICassette.Formats.Toml;
using OpenAICassette.Text;

namespace OpenAICassette;

/// <summary>Lets OpenAICassette read cassettes that are written in TOML, and bodies that are packed with zstd.</summary>
public static class DecoderSupport
{
    /// <summary>Registers the decoders. Call it once, before the first cassette is read.</summary>
    /// <example><code>DecoderSupport.Enable();
    /// var cassette = CassetteStore.Open("recordings/chat.toml");</code></example>
    public static void Enable()
    {
        TomlDocument.Converter ??= new TomlConverter();
        ContentCoding.Zstd ??= new ZstdDecoder();
    }
}
