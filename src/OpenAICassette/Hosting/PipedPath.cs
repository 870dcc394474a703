using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Represents the file or folder that an object from the pipeline names.</summary>
/// <param name="Path">The path.</param>
/// <param name="IsLiteral">True if wildcards are ordinary characters.</param>
/// <param name="IsOfResult">True if it is the file of a result, such as a finding, of which a file can have many.</param>
internal readonly record struct PipedPath(string Path, bool IsLiteral, bool IsOfResult)
{
    /// <summary>The properties with a path as it is, in the order in which they count.</summary>
    private static readonly string[] s_literal = ["PSPath", "LiteralPath", "FullName"];

    /// <summary>Returns the file or folder that an object names; null if it names none.</summary>
    /// <param name="input">A path, an item of a provider, or an object with a property that is a path.</param>
    public static PipedPath? Of(object input)
    {
        var wrapped = PSObject.AsPSObject(input);
        return wrapped.BaseObject switch
        {
            string { Length: > 0 } path => new PipedPath(path, IsLiteral: false, IsOfResult: false),
            FileSystemInfo file => new PipedPath(file.FullName, IsLiteral: true, IsOfResult: false),
            _ => OfProperty(wrapped),
        };
    }

    /// <summary>Returns the files and folders.</summary>
    /// <param name="cmdlet">The cmdlet, for its location.</param>
    public IEnumerable<ResolvedPath> Resolve(PSCmdlet cmdlet) => PathResolver.Resolve(cmdlet, [Path], IsLiteral);

    private static PipedPath? OfProperty(PSObject input)
    {
        foreach (var name in s_literal)
        {
            if (ValueOf(input, name) is { } literal)
            {
                return new PipedPath(literal, IsLiteral: true, IsOfResult: false);
            }
        }

        // As for the parameter Path, a path that somebody wrote can be a pattern; that of a result is not one.
        var isOfResult = !input.TypeNames[0].EndsWith(nameof(PSCustomObject), StringComparison.Ordinal);
        return ValueOf(input, "Path") is { } path ? new PipedPath(path, isOfResult, isOfResult) : null;
    }

    private static string? ValueOf(PSObject input, string property) =>
        input.Properties[property]?.Value switch
        {
            string { Length: > 0 } text => text,
            PSObject { BaseObject: string { Length: > 0 } text } => text,
            _ => null,
        };
}
