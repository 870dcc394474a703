using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>
/// Converts a cassette, a file or a result to its path; PowerShell itself would use the name of the one, and take the
/// path of the others for a pattern.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CassettePathAttribute : ArgumentTransformationAttribute
{
    /// <summary>The type name of a cassette of another process.</summary>
    private static readonly string s_foreign = $"Deserialized.{typeof(Cassette).FullName}";

    /// <summary>Gets whether the parameter takes literal paths.</summary>
    public bool Literal { get; set; }

    /// <summary>
    /// Gets whether another parameter takes cassettes at the same position: it is to get a cassette that is not meant
    /// for a path.
    /// </summary>
    public bool OrCassette { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is not null && LanguagePrimitives.GetEnumerable(inputData) is { } several
            ? several.Cast<object?>().Select(PathOf).ToArray()
            : PathOf(inputData)!;

    private object? PathOf(object? input)
    {
        var wrapped = input as PSObject;
        return (wrapped?.BaseObject ?? input) switch
        {
            Cassette cassette when OrCassette => new NamedCassette(this, cassette),
            Cassette cassette => Written(cassette.Name, cassette.Path),
            _ when wrapped is not null && wrapped.TypeNames.Contains(s_foreign) => Written(
                $"{wrapped.Properties["Name"]?.Value}",
                wrapped.Properties["Path"]?.Value as string
            ),
            null or string => input,
            _ => PipedPath.Of(input!) is { } path ? Written(path) : input,
        };
    }

    private string Written(PipedPath path) =>
        path.IsLiteral && !Literal ? WildcardPattern.Escape(path.Path) : path.Path;

    private string Written(string name, string? path) =>
        path is null
            ? throw new ArgumentTransformationMetadataException(
                $"the cassette {name} is only in memory and has no path"
            )
        : Literal ? path
        : WildcardPattern.Escape(path);

    /// <summary>
    /// Represents a cassette that becomes a path only if PowerShell has to convert it: if the parameter was named.
    /// </summary>
    private sealed class NamedCassette(CassettePathAttribute parameter, Cassette cassette)
    {
        public override string ToString() => parameter.Written(cassette.Name, cassette.Path);
    }
}
