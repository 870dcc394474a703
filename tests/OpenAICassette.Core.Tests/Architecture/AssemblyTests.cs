using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace OpenAICassette.Tests;

public class AssemblyTests
{
    private static readonly Assembly s_core = typeof(Cassette).Assembly;

    [Fact]
    public void The_engine_references_only_what_is_in_the_shared_framework()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Assert.All(s_core.GetReferencedAssemblies(), reference =>
            Assert.True(
                reference.Name!.StartsWith("System", StringComparison.Ordinal)
                    && File.Exists(Path.Join(framework, reference.Name + ".dll")),
                $"{reference.Name} is not in the shared framework"
            )
        );
    }

    [Fact]
    public void The_engine_does_not_know_the_console_nor_PowerShell()
    {
        var names = s_core.GetReferencedAssemblies().Select(reference => reference.Name);
        Assert.DoesNotContain("System.Console", names);
        Assert.DoesNotContain("System.Management.Automation", names);
        Assert.DoesNotContain("System.Console", TypeNamespacesAndNames());
    }

    [Fact]
    public void The_engine_has_no_package()
    {
        var assets = Path.Join(Repository.CoreSource, "obj", "project.assets.json");
        using var parsed = JsonDocument.Parse(File.ReadAllBytes(assets));

        // What the SDK itself brings only takes part in the build.
        var libraries = parsed
            .RootElement.GetProperty("targets")
            .EnumerateObject()
            .SelectMany(target => target.Value.EnumerateObject());
        Assert.DoesNotContain(libraries, library =>
            library.Value.TryGetProperty("compile", out _) || library.Value.TryGetProperty("runtime", out _)
        );
    }

    private static IEnumerable<string> TypeNamespacesAndNames()
    {
        using var file = new PEReader(File.OpenRead(s_core.Location));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata
                .TypeReferences.Select(metadata.GetTypeReference)
                .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"),
        ];
    }
}
