using OpenAICassette.Formats.Yaml;

namespace OpenAICassette;

/// <summary>Lets OpenAICassette read cassettes that are written in YAML.</summary>
public static class YamlSupport
{
    /// <summary>Registers the reader of YAML. Call it once, before the first cassette is read.</summary>
    /// <example><code>YamlSupport.Enable();
    /// var cassette = CassetteStore.Read("recordings/chat.yaml");</code></example>
    public static void Enable() => YamlDocuments.Converter ??= new YamlConverter();
}
