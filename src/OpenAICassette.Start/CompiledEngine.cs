using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace OpenAICassette.Start;

/// <summary>
/// Loads the engine that was compiled ahead for this system, so that the first commands do not wait for the compiler.
/// Other systems compile the engine that is in the module's own folder while it runs.
/// </summary>
/// <remarks>
/// <para>
/// One image cannot serve all systems: .NET throws <see cref="BadImageFormatException"/> for a ReadyToRun image of
/// another system instead of using the IL in it ("For CoreCLR, be strict about disallowing machine mismatches",
/// ReadyToRunInfo::Initialize in src/coreclr/vm/readytoruninfo.cpp of dotnet/runtime).
/// </para>
/// <para>
/// This is a nested module because PowerShell imports nested modules first. When it lists the cmdlets of the root
/// module, .NET already needs the engine for the types of their parameters, before any code of that assembly runs.
/// </para>
/// </remarks>
public sealed class CompiledEngine : IModuleAssemblyInitializer
{
    private const string Engine = "OpenAICassette.Core.dll";

    /// <summary>Loads the engine when the module is imported.</summary>
    public void OnImport()
    {
        var assembly = typeof(CompiledEngine).Assembly;
        var file = Path.Join(Path.GetDirectoryName(assembly.Location), "compiled", NameOfSystem(), Engine);
        if (!File.Exists(file))
        {
            return;
        }

        try
        {
            _ = (AssemblyLoadContext.GetLoadContext(assembly) ?? AssemblyLoadContext.Default).LoadFromAssemblyPath(
                file
            );
        }
        catch (Exception e) when (e is FileLoadException or BadImageFormatException)
        {
            // The engine in the module's folder does the same, or is loaded already.
        }
    }

    /// <summary>Returns the name of a system's folder. The images for both C libraries of Linux are equal.</summary>
    private static string NameOfSystem()
    {
        var system =
            OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }
}
