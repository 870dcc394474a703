using System.Management.Automation;
using OpenAICassette.Comparison;
using OpenAICassette.Completion;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary>
/// <c>Compare-Cassette</c>: compares the requests and answers of new cassettes with those of old ones.
/// </summary>
[Cmdlet(VerbsData.Compare, "Cassette")]
[OutputType(typeof(CassetteComparison))]
public sealed class CompareCassetteCommand : CassetteCmdlet
{
    private readonly List<Cassette> _new = [];
    private bool _hasError;

    /// <summary>The old cassettes: files or folders, wildcards allowed, or cassettes.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Old")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public object[] ReferenceObject { get; set; } = [];

    /// <summary>The new cassettes: files or folders, wildcards allowed, or cassettes.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("New")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public object[] DifferenceObject { get; set; } = [];

    /// <summary>Searches folders recursively.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Also returns pairs without a difference.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    /// <summary>
    /// Members to ignore, by their place, for example usage, choices[*].logprobs or /messages/*/name; a single name
    /// means the member of that name anywhere.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] IgnoreMember { get; set; } = [];

    /// <summary>Parts of texts to ignore: date, duration, path, uuid, or regular expressions.</summary>
    [Parameter]
    [ValidateTextPattern]
    public string[] IgnoreText { get; set; } = [];

    /// <summary>Which differences count: All, Meaning, Answer or Request.</summary>
    [Parameter]
    public ComparisonPreset Preset { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _new.AddRange(Cassettes(DifferenceObject));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        ForItem(this, () =>
        {
            // Of a side that could not be read, nothing is known: not that all was removed or added.
            var isNewRead = _new.Count > 0 || !_hasError;
            _hasError = false;
            var old = Cassettes(ReferenceObject);
            if (!isNewRead || (old.Count == 0 && _hasError))
            {
                return;
            }

            var (count, differing) = (0, 0);

            // Cassettes that were removed come in addition to the new ones.
            var meter = Measure(() => Math.Max(_new.Count, count));
            var options = new ComparisonOptions
            {
                IgnoreMembers = IgnoreMember,
                IgnoreTexts = IgnoreText,
                Preset = Preset,
            };
            foreach (
                var comparison in CassetteComparer.Compare(
                    old,
                    _new,
                    error => WriteItemError(Errors.Of(error, error.Path)),
                    options
                )
            )
            {
                StopToken.ThrowIfCancellationRequested();
                count++;
                meter.Add();
                differing += comparison.Status == ComparisonStatus.Same ? 0 : 1;
                if (IncludeEqual || comparison.Status != ComparisonStatus.Same)
                {
                    WriteObject(comparison);
                }
            }

            EndProgress();
            if (differing == 0)
            {
                WriteVerbose(ComparisonScreen.Equal(count));
            }
        });
    }

    /// <inheritdoc/>
    protected override void WriteItemError(ErrorRecord problem)
    {
        _hasError = true;
        base.WriteItemError(problem);
    }

    private List<Cassette> Cassettes(IEnumerable<object> given)
    {
        var cassettes = new List<Cassette>();
        foreach (var item in given)
        {
            if ((item is PSObject wrapped ? wrapped.BaseObject : item) is Cassette cassette)
            {
                cassettes.Add(cassette);
            }
            else if (PipedPath.Of(item) is { } path)
            {
                cassettes.AddRange(CassetteLoader.Load(Reports, path.Resolve(this), Recurse, StopToken));
            }
            else
            {
                WriteError(Errors.InputNotSupported(item, MyInvocation.MyCommand.Name));
            }
        }

        return cassettes;
    }
}
