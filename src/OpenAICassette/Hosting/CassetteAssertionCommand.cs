using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Provides what all assertions share: their requests, and how they fail.</summary>
public abstract class CassetteAssertionCommand : CassetteCmdlet
{
    private const int MostTold = 10;
    private readonly List<ReceivedRequest> _requests = [];

    /// <summary>The active cassette, a server, or single requests.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public object[] InputObject { get; set; } = [];

    /// <summary>The reason, which is added to the error.</summary>
    [Parameter]
    public string? Because { get; set; }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (var input in InputObject)
        {
            switch (input is PSObject wrapped ? wrapped.BaseObject : input)
            {
                case CassetteSession session:
                    _requests.AddRange(session.Requests);
                    break;
                case CassetteServer server:
                    _requests.AddRange(server.Requests);
                    break;
                case ReceivedRequest request:
                    _requests.Add(request);
                    break;
                default:
                    ThrowTerminatingError(SessionErrors.NoRequests(input));
                    break;
            }
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => ForItem(this, () =>
        {
            if (Failure(_requests) is { } failure)
            {
                ThrowTerminatingError(SessionErrors.AssertionFailed(failure, Because));
            }
        });

    /// <summary>Returns the problem of the requests; null if there is none.</summary>
    /// <param name="requests">The requests.</param>
    protected abstract string? Failure(IReadOnlyList<ReceivedRequest> requests);

    /// <summary>Returns lines that describe the first requests.</summary>
    private protected static string Told(IEnumerable<string> lines)
    {
        var all = lines.ToList();
        return string.Concat(all.Take(MostTold).Select(line => $"\n  {line}"))
            + (all.Count > MostTold ? $"\n  and {all.Count - MostTold} more" : string.Empty);
    }
}
