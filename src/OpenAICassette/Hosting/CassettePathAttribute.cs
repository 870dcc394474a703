using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Takes a cassette for its file, where a path is expected; PowerShell itself would take it for its name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CassettePathAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        => inputData is object[] several ? Array.ConvertAll(several, PathOf) : PathOf(inputData);

    private static object PathOf(object input) => (input is PSObject wrapped ? wrapped.BaseObject : input) switch
    {
        Cassette { Path: { } path } => WildcardPattern.Escape(path),
        Cassette cassette => throw new ArgumentTransformationMetadataException($"the cassette {cassette.Name} is only in memory and has no path"),
        _ => input,
    };
}
