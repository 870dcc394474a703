using System.Collections;
using System.Management.Automation;
using OpenAICassette.Completion;
using OpenAICassette.Facts;
using OpenAICassette.Hosting;
using OpenAICassette.Query.Ask;

namespace OpenAICassette.Query.Commands;

/// <summary><c>Invoke-CassetteQuery</c>: answers SQL about an index or about files.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CassetteQuery", DefaultParameterSetName = IndexSet)]
[OutputType(typeof(PSObject))]
public sealed class InvokeCassetteQueryCommand : CassetteCmdlet
{
    private const string IndexSet = "Index";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The query, in DuckDB's SQL, on interactions, messages, tool_calls, findings and files.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Query { get; set; } = string.Empty;

    /// <summary>The folder of the index.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IndexSet)]
    [ValidateNotNullOrEmpty]
    public string Index { get; set; } = string.Empty;

    /// <summary>Files, or folders with cassettes, to read without an index; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files or folders; wildcards are ordinary characters.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("LP")]
    [ArgumentCompleter(typeof(LiteralCassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Searches folders recursively.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>
    /// Prices for a million tokens by model, for the column cost: the path of a price file, or a hashtable such as
    /// <c>@{ 'gpt-4o*' = @{ Prompt = 2.5; Completion = 10 } }</c>.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public object? Price { get; set; }

    /// <summary>Does not look whether the files of the index changed.</summary>
    [Parameter(ParameterSetName = IndexSet)]
    public SwitchParameter NoCheck { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(Query, Ask);

    private void Ask()
    {
        try
        {
            using var result = QueryResult.Ask(Options(), StopToken);
            foreach (var row in result.Rows(StopToken))
            {
                var values = new PSObject();
                for (var i = 0; i < row.Length; i++)
                {
                    values.Properties.Add(new PSNoteProperty(result.Columns[i], Plain(row[i])));
                }

                WriteObject(values);
            }
        }
        catch (QueryException e)
        {
            ThrowTerminatingError(QueryErrors.Of(e, Query));
        }
        catch (PriceFileException e)
        {
            ThrowTerminatingError(Errors.NotAPrice(e, Price!));
        }
    }

    private QueryOptions Options() =>
        new()
        {
            Sql = Query,
            Index = ParameterSetName == IndexSet ? PathResolver.ResolveDestination(this, Index) : null,
            Paths = ParameterSetName == IndexSet ? [] : Files(),
            IsRecursive = Recurse,
            IsChecked = !NoCheck,
            Prices = PriceArgument.Read(this, Price),
            Problem = error => WriteError(Errors.Of(error, error.Path)),
            Warning = WriteWarning,
        };

    private List<string> Files()
    {
        var isLiteral = ParameterSetName == LiteralPathSet;
        var files = new List<string>();
        foreach (var path in PathResolver.Resolve(this, isLiteral ? LiteralPath : Path, isLiteral))
        {
            if (path.Error is { } error)
            {
                WriteError(error);
            }
            else
            {
                files.Add(path.Path!);
            }
        }

        return files;
    }

    /// <summary>A list of the database is an array, as PowerShell users expect.</summary>
    private static object? Plain(object? value) =>
        value is IList list and not Array ? list.Cast<object?>().ToArray() : value;
}
