using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using OpenAICassette.Formats.Yaml;

namespace OpenAICassette.Hosting;

/// <summary>
/// Loads the reader of YAML when the first file of YAML is read, with its parser, into a context of their own, so that
/// the parser of another module may have another version.
/// </summary>
internal static class YamlLoader
{
    private const string AssemblyName = "OpenAICassette.Yaml";

#pragma warning disable CA2255 // PowerShell loads this assembly as a program loads a plug-in; nothing refers to it.
    /// <summary>Registers the reader, before the first member of this assembly is used.</summary>
    [ModuleInitializer]
    internal static void Register() => YamlDocuments.Converter ??= new LoadedOnUse();
#pragma warning restore CA2255

    private static IYamlConverter Load()
    {
        var folder = Path.Join(Path.GetDirectoryName(typeof(YamlLoader).Assembly.Location), "yaml");
        var file = Path.Join(folder, $"{AssemblyName}.dll");
        if (!File.Exists(file))
        {
            throw new FileNotFoundException(
                $"{AssemblyName}.dll is not in the module's folder 'yaml': install the module again",
                file
            );
        }

        var reader = new Context(folder)
            .LoadFromAssemblyPath(file)
            .GetType("OpenAICassette.YamlConverter", throwOnError: true)!;
        return (IYamlConverter)Activator.CreateInstance(reader)!;
    }

    private sealed class LoadedOnUse : IYamlConverter
    {
        private readonly Lazy<IYamlConverter> _converter = new(Load, LazyThreadSafetyMode.PublicationOnly);

        public IReadOnlyList<ReadOnlyMemory<byte>> ToJson(YamlTree tree, CancellationToken cancellation) =>
            _converter.Value.ToJson(tree, cancellation);

        public YamlTree ReadTree(string yaml, CancellationToken cancellation) =>
            _converter.Value.ReadTree(yaml, cancellation);

        public ScalarPlaces? Map(string yaml, YamlNode scalar) => _converter.Value.Map(yaml, scalar);

        public byte[] ToYaml(JsonValue json, bool isMarked) => _converter.Value.ToYaml(json, isMarked);
    }

    /// <summary>What is in the folder is loaded from there, and all else, the engine too, is shared.</summary>
    private sealed class Context(string folder) : AssemblyLoadContext(AssemblyName)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var engine = typeof(IYamlConverter).Assembly;
            if (assemblyName.Name == engine.GetName().Name)
            {
                return engine;
            }

            var file = Path.Join(folder, $"{assemblyName.Name}.dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }
}
