using System.Globalization;
using System.Management.Automation;
using OpenAICassette.Completion;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary>
/// <c>Assert-CassetteRequest</c>, also <c>Should-HaveRequest</c>: fails if the number of requests differs from the
/// expected one.
/// </summary>
[Cmdlet(VerbsLifecycle.Assert, "CassetteRequest")]
[Alias("Should-HaveRequest")]
[OutputType(typeof(void))]
public sealed class AssertCassetteRequestCommand : CassetteAssertionCommand
{
    /// <summary>The expected number of requests; at least one by default.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, int.MaxValue)]
    public int Times { get; set; }

    /// <summary>Counts only requests for this model; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    /// <summary>Counts only requests of this operation, for example chat/completions; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Operation { get; set; }

    /// <summary>Counts only requests that offer the model this tool; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Tool { get; set; }

    /// <inheritdoc/>
    protected override string? Failure(IReadOnlyList<ReceivedRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var model = Model is null ? null : Wildcards.Parse(this, Model, nameof(Model));
        var operation = Operation is null ? null : Wildcards.Parse(this, Operation, nameof(Operation));
        var tool = Tool is null ? null : Wildcards.Parse(this, Tool, nameof(Tool));
        var count = requests.Count(request =>
            (model is null || (request.Model is { } name && model.IsMatch(name)))
            && operation?.IsMatch(request.Operation) != false
            && (tool is null || request.Tools.Any(tool.IsMatch))
        );
        if (IsBound(nameof(Times)) ? count == Times : count > 0)
        {
            return null;
        }

        string[] wanted =
        [
            .. new[] { ("model", Model), ("operation", Operation), ("tool", Tool) }
                .Where(part => part.Item2 is not null)
                .Select(part => $"{part.Item1} {part.Item2}"),
        ];
        var what = string.Join(", ", wanted);
        var expected = IsBound(nameof(Times)) ? Times.ToString(CultureInfo.InvariantCulture) : "at least 1";
        return $"expected {expected} request{(expected == "1" ? string.Empty : "s")}{(what.Length == 0 ? string.Empty : $" ({what})")}, but there {(count == 1 ? "was" : "were")} {count}"
            + (
                requests.Count == count
                    ? string.Empty
                    : $" among{Told(requests.Select(request => $"{request.Method} {request.Operation} {request.Model} {string.Join(' ', request.Tools)}".TrimEnd()))}"
            );
    }
}
