using System.Management.Automation;
using OpenAICassette.Completion;
using OpenAICassette.Hosting;
using OpenAICassette.Query.Index;

namespace OpenAICassette.Query.Commands;

/// <summary><c>Update-CassetteIndex</c>: makes or updates an index.</summary>
[Cmdlet(VerbsData.Update, "CassetteIndex", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(CassetteIndexUpdate))]
public sealed class UpdateCassetteIndexCommand : CassetteCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private readonly List<string> _paths = [];
    private string _destination = string.Empty;

    /// <summary>Files, or folders with cassettes; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files or folders; wildcards are ordinary characters.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ArgumentCompleter(typeof(LiteralCassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The folder of the index, which is created if necessary.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Searches folders recursively.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Includes messages and the arguments of tool calls.</summary>
    [Parameter]
    public SwitchParameter Text { get; set; }

    /// <summary>Includes health problems and secrets, without the values of secrets.</summary>
    [Parameter]
    public SwitchParameter Finding { get; set; }

    /// <summary>One of several equal parts, for example 3/16, that this machine indexes.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Shard { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _destination = PathResolver.ResolveDestination(this, Destination);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var isLiteral = ParameterSetName == LiteralPathSet;
        foreach (var path in PathResolver.Resolve(this, isLiteral ? LiteralPath : Path, isLiteral))
        {
            if (path.Error is { } error)
            {
                WriteError(error);
            }
            else
            {
                _paths.Add(path.Path!);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ShouldProcess(_destination, "Update the index"))
        {
            ForItem(_destination, Update);
        }
    }

    private void Update()
    {
        if (IndexShard.Parse(Shard ?? $"{IndexShard.Whole}") is not { } shard)
        {
            ThrowTerminatingError(QueryErrors.NotAShard(Shard!));
            return;
        }

        var options = new IndexOptions
        {
            Folder = _destination,
            Content = new IndexContent(Text, Finding),
            Shard = shard,
            IsRecursive = Recurse,
            Problem = error => WriteError(Errors.Of(error, error.Path)),
            Note = WriteVerbose,
        };
        try
        {
            var summary = IndexUpdate.Run(_paths, options, StopToken);
            WriteObject(
                new CassetteIndexUpdate
                {
                    Path = _destination,
                    Files = summary.Files,
                    Read = summary.Read,
                    Unchanged = summary.Unchanged,
                    Removed = summary.Removed,
                    Failed = summary.Failed,
                    Interactions = summary.Interactions,
                }
            );
        }
        catch (QueryException e)
        {
            ThrowTerminatingError(QueryErrors.Of(e, _destination));
        }
    }
}
