using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace OpenAICassette.Hosting.Tests;

/// <summary>Loads the assemblies of a PowerShell from its own folder.</summary>
internal static class PowerShellFolder
{
    private static readonly string s_path = typeof(PowerShellFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "PowerShellHome").Value!;

    [ModuleInitializer]
    internal static void Use()
    {
        AssemblyLoadContext.Default.Resolving += (context, name)
            => File.Exists(FileOf($"{name.Name}.dll")) ? context.LoadFromAssemblyPath(FileOf($"{name.Name}.dll")) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name)
            => new[] { name, $"{name}.dll", $"{name}.so", $"{name}.dylib" }.Select(FileOf).FirstOrDefault(File.Exists) is { } file ? NativeLibrary.Load(file) : 0;
    }

    private static string FileOf(string name) => Path.Join(s_path, name);
}
