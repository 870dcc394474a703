using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>A cmdlet that works on cassettes, from the pipeline or by path.</summary>
public abstract class CassetteInputCommand : CassetteCmdlet
{
    /// <summary>The parameter set of cassettes that are objects already.</summary>
    protected const string InputObjectSet = "InputObject";

    /// <summary>The parameter set of paths with wildcards.</summary>
    protected const string PathSet = "Path";

    /// <summary>The parameter set of paths without wildcards.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    /// <summary>Files, or folders whose cassettes are meant; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files or folders, taken as written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The cassettes that the path parameters name; files that cannot be read are written as errors, those passed over as verbose text.</summary>
    /// <param name="recurse">Whether to search folders with all below.</param>
    private protected IEnumerable<Cassette> FromPaths(bool recurse = false)
    {
        var isLiteral = ParameterSetName == LiteralPathSet;
        return CassetteLoader.Load(this, PathResolver.Resolve(this, isLiteral ? LiteralPath : Path, isLiteral), recurse, StopToken);
    }
}
