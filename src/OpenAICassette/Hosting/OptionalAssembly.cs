using System.Reflection;
using System.Runtime.Loader;
using OpenAICassette.Formats;

namespace OpenAICassette.Hosting;

/// <summary>
/// An assembly of the module with the packages it needs, loaded when it is used for the first time, into a context of
/// its own, so that another module may bring other versions of the packages.
/// </summary>
/// <param name="name">The assembly's name.</param>
/// <param name="folderName">The folder of the module that it is in.</param>
internal sealed class OptionalAssembly(string name, string folderName)
{
    private readonly Lazy<Assembly> _assembly = new(() => Load(name, folderName), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>
    /// Returns an object of a type in the assembly, which is loaded for its value. That throws <see
    /// cref="FileNotFoundException"/> if the assembly is not in the module's folder.
    /// </summary>
    /// <typeparam name="T">The interface of the object.</typeparam>
    /// <param name="typeName">The type's name with its namespace.</param>
    public Lazy<T> OnUse<T>(string typeName) =>
        new(
            () => (T)Activator.CreateInstance(_assembly.Value.GetType(typeName, throwOnError: true)!)!,
            LazyThreadSafetyMode.PublicationOnly
        );

    private static Assembly Load(string name, string folderName)
    {
        var folder = Path.Join(Path.GetDirectoryName(typeof(OptionalAssembly).Assembly.Location), folderName);
        var file = Path.Join(folder, $"{name}.dll");
        return File.Exists(file)
            ? new Context(name, folder).LoadFromAssemblyPath(file)
            : throw new FileNotFoundException(
                $"{name}.dll is not in the module's folder '{folderName}': install the module again",
                file
            );
    }

    /// <summary>What is in the folder is loaded from there, and all else, the engine too, is shared.</summary>
    private sealed class Context(string name, string folder) : AssemblyLoadContext(name)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var engine = typeof(ExchangeFormat).Assembly;
            if (assemblyName.Name == engine.GetName().Name)
            {
                return engine;
            }

            var file = Path.Join(folder, $"{assemblyName.Name}.dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }
}
