using System.Management.Automation;
using OpenAICassette.Completion;
using OpenAICassette.Formats;

namespace OpenAICassette.Hosting;

/// <summary>Represents a cmdlet that processes cassettes, from the pipeline or by path.</summary>
public abstract class CassetteInputCommand : CassetteCmdlet
{
    /// <summary>The parameter set of cassette objects.</summary>
    protected const string InputObjectSet = "InputObject";

    /// <summary>The parameter set of paths with wildcards.</summary>
    protected const string PathSet = "Path";

    /// <summary>The parameter set of paths without wildcards.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    /// <summary>The progress of cassettes from the pipeline, whose number is not known.</summary>
    private ProgressMeter? _piped;

    /// <summary>The files of piped objects that have one, such as findings, of which a file can have many.</summary>
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);

    /// <summary>Files or folders; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [CassettePath(OrCassette = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files or folders; wildcards are ordinary characters.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("LP")]
    [CassettePath(Literal = true)]
    [ArgumentCompleter(typeof(LiteralCassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Searches folders recursively.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>
    /// Cassettes, files, folders or paths, normally from the pipeline. A cassette of another process is opened again from
    /// its path, and so is what has one in a property, such as a finding.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [ValidateNotNull]
    public object[] InputObject { get; set; } = [];

    /// <summary>Returns the files and folders of the path parameters.</summary>
    private protected IEnumerable<ResolvedPath> Paths
    {
        get
        {
            var isLiteral = ParameterSetName == LiteralPathSet;
            return PathResolver.Resolve(this, isLiteral ? LiteralPath : Path, isLiteral);
        }
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (ParameterSetName == InputObjectSet)
        {
            _piped ??= new ProgressMeter(ShowProgress, count: null);
            foreach (var input in InputObject)
            {
                ForItem(input, () => Process(input));
                _piped.Add();
            }
        }
        else
        {
            ForItem(this, () => ProcessPaths(Paths));
        }
    }

    /// <summary>Processes one cassette.</summary>
    /// <param name="cassette">The cassette.</param>
    protected abstract void Process(Cassette cassette);

    /// <summary>Processes an input that is not a cassette, if the cmdlet accepts it.</summary>
    /// <param name="input">The input, without a wrapper.</param>
    /// <returns>False if the cmdlet does not accept it.</returns>
    protected virtual bool TryProcess(object input) => false;

    /// <summary>Processes all cassettes of files and folders.</summary>
    /// <param name="paths">Those of the path parameters, or of an object from the pipeline.</param>
    private protected virtual void ProcessPaths(IEnumerable<ResolvedPath> paths)
    {
        foreach (var cassette in CassetteLoader.Load(Reports, paths, Recurse, StopToken))
        {
            ForItem(cassette, () => Process(cassette));
        }
    }

    private void Process(object input)
    {
        // An object without a type of its own has its members only in its wrapper.
        var bare = input is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : input;
        if (bare is Cassette cassette || Rehydrate(input, out cassette!))
        {
            Process(cassette);
        }
        else if (bare is FileSystemInfo)
        {
            ProcessPaths(PipedPath.Of(input)!.Value.Resolve(this));
        }
        else if (!TryProcess(bare))
        {
            ProcessPathOf(input);
        }
    }

    private void ProcessPathOf(object input)
    {
        if (PipedPath.Of(input) is not { } path)
        {
            WriteItemError(Errors.InputNotSupported(input, MyInvocation.MyCommand.Name));
        }
        else if (!path.IsOfResult || _named.Add(path.Path))
        {
            ProcessPaths(path.Resolve(this));
        }
    }

    /// <summary>Opens a cassette of another process again.</summary>
    private bool Rehydrate(object input, out Cassette? cassette)
    {
        cassette = null;
        if (input is not PSObject foreign || !foreign.TypeNames.Contains($"Deserialized.{typeof(Cassette).FullName}"))
        {
            return false;
        }

        var path =
            foreign.Properties["Path"]?.Value as string
            ?? throw new CassetteException(
                CassetteError.CassetteNotRehydratable,
                $"{foreign.Properties["Name"]?.Value}",
                "the cassette was edited in another process and not saved, so its content is not available "
                    + "here. Save it there first."
            );
        cassette = CassetteStore.Open(path, StopToken);
        return true;
    }
}
