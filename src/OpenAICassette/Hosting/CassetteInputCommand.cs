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

    /// <summary>The files and folders that the path parameters stand for.</summary>
    private protected IEnumerable<string> Paths
    {
        get
        {
            var isLiteral = ParameterSetName == LiteralPathSet;
            return PathResolver.Resolve(this, isLiteral ? LiteralPath : Path, isLiteral);
        }
    }

    /// <summary>Does the work for every input: what was piped in, or the cassettes that the path parameters name.</summary>
    /// <param name="piped">What was piped in.</param>
    /// <param name="work">The work for one input.</param>
    /// <typeparam name="T">What may be piped in; a cassette always may.</typeparam>
    private protected void ForEachInput<T>(T[] piped, Action<T> work)
        where T : class
    {
        ForItem(piped, () =>
        {
            var inputs = ParameterSetName == InputObjectSet ? piped : CassetteLoader.Load(this, Paths, recurse: false, StopToken).OfType<T>();
            foreach (var input in inputs)
            {
                ForItem(input, () => work(input));
            }
        });
    }
}
