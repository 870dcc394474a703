using System.Management.Automation;
using OpenAICassette.Completion;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary>
/// <c>Assert-CassetteMatch</c>, also <c>Should-MatchCassette</c>: fails if a request is not in a cassette.
/// </summary>
[Cmdlet(VerbsLifecycle.Assert, "CassetteMatch")]
[Alias("Should-MatchCassette")]
[OutputType(typeof(void))]
public sealed class AssertCassetteMatchCommand : CassetteAssertionCommand
{
    /// <summary>The file or folder with the expected requests.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "LP")]
    [CassettePath(Literal = true)]
    [ArgumentCompleter(typeof(LiteralCassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// Additional request members to ignore, as JSON pointers in which * matches any member or element.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] IgnoreMember { get; set; } = [];

    /// <summary>
    /// Parts of texts to ignore: the names claude-code, codex, date, duration, path and uuid, and regular expressions.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(TextPatternCompleter))]
    [ValidateTextPattern]
    public string[] IgnoreText { get; set; } = [];

    /// <summary>Matches only requests in which every member is equal.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <inheritdoc/>
    protected override string? Failure(IReadOnlyList<ReceivedRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var path = PathResolver.ResolveDestination(this, Path);
        var cassettes = CassetteStore
            .Load(CassetteStore.Find(path, recurse: true), StopToken)
            .Where(load => load.SkippedBecause is null)
            .Select(load => load.Cassette ?? throw load.Error!)
            .ToList();
        var options = new MatchOptions
        {
            IgnoreMembers = IgnoreMember,
            IgnoreTexts = IgnoreText,
            Strict = Strict,
        };
        return requests.Count == 0
            ? $"expected requests that are in {path}, but there were none"
            : requests
                .Select(request => RequestCheck.Compare(request, cassettes, options))
                .OfType<MissReport>()
                .FirstOrDefault()
                ?.ToString();
    }
}
