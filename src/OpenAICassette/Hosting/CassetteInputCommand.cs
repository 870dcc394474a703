using System.Management.Automation;
using OpenAICassette.Completion;

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
    [ArgumentCompleter(typeof(CassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files or folders, taken as written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("LP")]
    [ArgumentCompleter(typeof(LiteralCassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Whether to search folders with all below.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>
    /// Cassettes, normally from the pipeline; one that another process gave is opened again from its path.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [ValidateNotNull]
    public object[] InputObject { get; set; } = [];

    /// <summary>The files and folders that the path parameters stand for.</summary>
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
            foreach (var input in InputObject)
            {
                ForItem(input, () => Process(input));
            }
        }
        else
        {
            ForItem(this, ProcessPaths);
        }
    }

    /// <summary>Does the work for one cassette.</summary>
    /// <param name="cassette">The cassette.</param>
    protected abstract void Process(Cassette cassette);

    /// <summary>Does the work for an input that is no cassette, where the cmdlet takes such.</summary>
    /// <param name="input">The input, without a wrapper.</param>
    /// <returns>False when the cmdlet does not take it.</returns>
    protected virtual bool TryProcess(object input) => false;

    /// <summary>
    /// Ends the command because of what it found. With <c>-ErrorAction Stop</c> it ends the script too, which <c>pwsh
    /// -File</c> shows in its exit code; PowerShell alone would do so only for <c>$ErrorActionPreference</c>.
    /// </summary>
    /// <param name="failure">The error.</param>
    private protected void Fail(ErrorRecord failure)
    {
        if (MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var action) && action is ActionPreference.Stop)
        {
            WriteError(failure);
        }

        ThrowTerminatingError(failure);
    }

    /// <summary>Does the work for all cassettes that the path parameters name.</summary>
    protected virtual void ProcessPaths()
    {
        foreach (var cassette in CassetteLoader.Load(Reports, Paths, Recurse, StopToken))
        {
            ForItem(cassette, () => Process(cassette));
        }
    }

    private void Process(object input)
    {
        // An object without a type of its own is nothing without its wrapper, which holds its members.
        var bare = input is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : input;
        if (bare is Cassette cassette || Rehydrate(input, out cassette!))
        {
            Process(cassette);
        }
        else if (!TryProcess(bare))
        {
            WriteItemError(Errors.InputNotSupported(input));
        }
    }

    /// <summary>Opens a cassette again that another process gave.</summary>
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
