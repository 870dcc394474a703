using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace OpenAICassette.Query.Commands;

/// <summary>
/// Loads the engine with its database when it is used for the first time, into a context of its own, so that another
/// module may bring another version of the database.
/// </summary>
internal static class EngineLoader
{
    private const string Engine = "OpenAICassette.Query";

    private static readonly Lazy<Assembly> s_engine = new(() => new Context().LoadEngine());

#pragma warning disable CA2255 // PowerShell loads this assembly as a program loads a plug-in; nothing refers to it.
    /// <summary>Tells the runtime where the engine is, before the first member of this assembly is used.</summary>
    [ModuleInitializer]
    internal static void Register() =>
        AssemblyLoadContext.Default.Resolving += (_, name) => name.Name == Engine ? s_engine.Value : null;
#pragma warning restore CA2255

    /// <summary>What is in the folder is loaded from there, and all else, the product too, is shared.</summary>
    private sealed class Context() : AssemblyLoadContext(Engine)
    {
        private static readonly string s_folder = Path.Join(
            Path.GetDirectoryName(typeof(EngineLoader).Assembly.Location),
            "query"
        );

        /// <summary>Gets the names of the systems as the package of the database writes them.</summary>
        private static string System =>
            OperatingSystem.IsMacOS() ? "osx"
            : OperatingSystem.IsWindows() ? $"win-{Architecture}"
            : $"linux-{Architecture}";

        private static string Architecture => $"{RuntimeInformation.OSArchitecture}".ToLowerInvariant();

        public Assembly LoadEngine() => LoadFromAssemblyPath(Path.Join(s_folder, $"{Engine}.dll"));

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var product = typeof(Cassette).Assembly;
            if (assemblyName.Name == product.GetName().Name)
            {
                return product;
            }

            var file = Path.Join(s_folder, $"{assemblyName.Name}.dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }

        protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
        {
            var folder = Path.Join(s_folder, "runtimes", System, "native");
            var file = Directory.Exists(folder)
                ? Directory.EnumerateFiles(folder, $"*{unmanagedDllName}.*").FirstOrDefault()
                : null;
            return file is null ? IntPtr.Zero : LoadUnmanagedDllFromPath(file);
        }
    }
}
