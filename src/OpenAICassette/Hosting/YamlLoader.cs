using System.Runtime.CompilerServices;
using OpenAICassette.Formats.Yaml;

namespace OpenAICassette.Hosting;

/// <summary>Loads the reader of YAML with its parser when the first file of YAML is read.</summary>
internal static class YamlLoader
{
#pragma warning disable CA2255 // PowerShell loads this assembly as a program loads a plug-in; nothing refers to it.
    /// <summary>Registers the reader, before the first member of this assembly is used.</summary>
    [ModuleInitializer]
    internal static void Register() => YamlDocuments.Converter ??= new LoadedOnUse();
#pragma warning restore CA2255

    private sealed class LoadedOnUse : IYamlConverter
    {
        private static readonly OptionalAssembly s_assembly = new("OpenAICassette.Yaml", "yaml");

        private readonly Lazy<IYamlConverter> _converter = s_assembly.OnUse<IYamlConverter>(
            "OpenAICassette.YamlConverter"
        );

        public IReadOnlyList<ReadOnlyMemory<byte>> ToJson(YamlTree tree, CancellationToken cancellation) =>
            _converter.Value.ToJson(tree, cancellation);

        public YamlTree ReadTree(string yaml, CancellationToken cancellation) =>
            _converter.Value.ReadTree(yaml, cancellation);

        public ScalarPlaces? Map(string yaml, YamlNode scalar) => _converter.Value.Map(yaml, scalar);

        public byte[] ToYaml(JsonValue json, bool isMarked) => _converter.Value.ToYaml(json, isMarked);
    }
}
