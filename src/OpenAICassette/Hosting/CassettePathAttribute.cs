using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Takes a cassette for its file, where a path is expected; PowerShell itself would take it for its name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CassettePathAttribute : ArgumentTransformationAttribute
{
    /// <summary>The type name of a cassette that another process gave.</summary>
    private static readonly string s_foreign = $"Deserialized.{typeof(Cassette).FullName}";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        => inputData is object[] several ? Array.ConvertAll(several, PathOf) : PathOf(inputData);

    private static object PathOf(object input)
    {
        var wrapped = input as PSObject;
        return (wrapped?.BaseObject ?? input) switch
        {
            Cassette cassette => Escaped(cassette.Name, cassette.Path),
            _ when wrapped is not null && wrapped.TypeNames.Contains(s_foreign) => Escaped($"{wrapped.Properties["Name"]?.Value}", wrapped.Properties["Path"]?.Value as string),
            _ => input,
        };
    }

    private static string Escaped(string name, string? path)
        => path is null ? throw new ArgumentTransformationMetadataException($"the cassette {name} is only in memory and has no path") : WildcardPattern.Escape(path);
}
