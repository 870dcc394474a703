using System.Management.Automation;
using OpenAICassette.Hosting;
using OpenAICassette.Search;

namespace OpenAICassette.Commands;

/// <summary><c>Search-Cassette</c>: finds text in requests, answers and tool arguments.</summary>
[Cmdlet(VerbsCommon.Search, "Cassette", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TextMatch))]
public sealed class SearchCassetteCommand : CassetteInputCommand
{
    private CassetteSearch? _search;

    /// <summary>A regular expression, or with <c>-SimpleMatch</c> a text.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Pattern { get; set; } = string.Empty;

    /// <summary>Searches for the pattern as a text.</summary>
    [Parameter]
    public SwitchParameter SimpleMatch { get; set; }

    /// <summary>Distinguishes upper and lower case.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _search = new CassetteSearch(TextPattern.Create(Pattern, SimpleMatch, !CaseSensitive));
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(Errors.NotARegularExpression(Pattern, e));
        }
    }

    /// <inheritdoc/>
    protected override void Process(Cassette cassette) =>
        WriteObject(_search!.Find(cassette), enumerateCollection: true);

    /// <inheritdoc/>
    private protected override void ProcessPaths(IEnumerable<ResolvedPath> paths)
    {
        foreach (
            var (_, matches) in CassetteLoader.Load(Reports, paths, Recurse, files =>
                CassetteStore.Lend(
                    _search!.Screened(files),
                    (cassette, _) => _search.Find(cassette).ToList(),
                    StopToken
                )
            )
        )
        {
            WriteObject(matches, enumerateCollection: true);
        }
    }
}
