using System.Management.Automation;
using OpenAICassette.Completion;
using OpenAICassette.Conversations;
using OpenAICassette.Hosting;
using OpenAICassette.Search;

namespace OpenAICassette.Commands;

/// <summary><c>Get-Cassette</c>: lists cassettes as objects.</summary>
[Cmdlet(VerbsCommon.Get, "Cassette", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Cassette))]
public sealed class GetCassetteCommand : CassetteCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private CassetteFilter _filter = new();
    private CassetteSearch? _search;

    /// <summary>Files, or folders whose cassettes are listed; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [CassettePath]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files or folders; wildcards are ordinary characters.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [CassettePath(Literal = true)]
    [ArgumentCompleter(typeof(LiteralCassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Searches folders recursively.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>
    /// Reads the files in this format, whatever their content shows. In a folder, files of other formats are skipped.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(FormatCompleter))]
    [ValidateFormat]
    public string? Format { get; set; }

    /// <summary>Only cassettes that asked one of these models; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Model { get; set; }

    /// <summary>Only cassettes of one of these endpoints; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Endpoint { get; set; }

    /// <summary>
    /// Only cassettes whose response is a stream; with <c>-Streaming:$false</c>, only those whose response is not a
    /// stream.
    /// </summary>
    [Parameter]
    public SwitchParameter Streaming { get; set; }

    /// <summary>Only cassettes that these tests recorded; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TestIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? TestId { get; set; }

    /// <summary>
    /// Only cassettes whose response calls a tool; with <c>-HasToolCall:$false</c>, only those whose response calls no
    /// tool.
    /// </summary>
    [Parameter]
    public SwitchParameter HasToolCall { get; set; }

    /// <summary>
    /// Only cassettes of calls that failed; with <c>-HasError:$false</c>, only those of calls that succeeded.
    /// </summary>
    [Parameter]
    public SwitchParameter HasError { get; set; }

    /// <summary>
    /// Only cassettes whose requests, answers or tool arguments contain this text, in any case.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Text { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _search = Text is null ? null : new CassetteSearch(TextPattern.Create(Text, isText: true, ignoresCase: true));
        _filter = new CassetteFilter
        {
            Model = Matcher(Model, nameof(Model)),
            Endpoint = Matcher(Endpoint, nameof(Endpoint)),
            TestId = Matcher(TestId, nameof(TestId)),
            Streaming = Given(nameof(Streaming), Streaming),
            HasToolCall = Given(nameof(HasToolCall), HasToolCall),
            HasError = Given(nameof(HasError), HasError),
            Contains = _search is null ? null : _search.IsIn,
        };
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(this, () =>
        {
            var isLiteral = ParameterSetName == LiteralPathSet;
            var paths = PathResolver.Resolve(this, isLiteral ? LiteralPath : Path, isLiteral);
            foreach (
                var cassette in _filter.NeedsContent
                    ? Search(paths)
                    : CassetteLoader.Load(Reports, paths, Recurse, StopToken, format: Format).Where(_filter.Includes)
            )
            {
                WriteObject(cassette);
            }
        });

    /// <summary>Messages and tool calls are searched on all cores while the bytes of the file are in memory.</summary>
    private IEnumerable<Cassette> Search(IEnumerable<ResolvedPath> paths) =>
        CassetteLoader
            .Load(
                Reports,
                paths,
                Recurse,
                files =>
                    CassetteStore.Load(
                        _search?.Screened(files) ?? files,
                        (cassette, _) => _filter.Includes(cassette),
                        StopToken
                    ),
                format: Format
            )
            .Where(found => found.Result)
            .Select(found => found.Cassette);

    private bool? Given(string parameter, SwitchParameter value) => IsBound(parameter) ? value : null;

    private Predicate<string>? Matcher(string[]? patterns, string parameter)
    {
        if (patterns is null)
        {
            return null;
        }

        // The id of a test can contain brackets, so a text also matches itself.
        var wildcards = Array.ConvertAll(patterns, pattern => Wildcards.Parse(this, pattern, parameter));
        return text =>
            Array.Exists(patterns, pattern => pattern.Equals(text, StringComparison.OrdinalIgnoreCase))
            || Array.Exists(wildcards, wildcard => wildcard.IsMatch(text));
    }
}
