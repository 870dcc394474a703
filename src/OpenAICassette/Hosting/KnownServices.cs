using OpenAICassette.Apis;

namespace OpenAICassette.Hosting;

/// <summary>
/// The services that clients mean when they ask at the address of a cassette: what their variables named before, else
/// the service's own host.
/// </summary>
internal static class KnownServices
{
    /// <summary>Returns the service for an operation.</summary>
    /// <param name="operation">The operation, for example messages or api/chat.</param>
    public static Uri Of(string operation)
    {
        var family = new ApiOperation(operation, null).Family;
        foreach (var variable in family.UpstreamVariables)
        {
            var named = RunningServers.OriginalVariable(variable);
            if (Uri.TryCreate(named, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https"))
            {
                return address;
            }
        }

        return family.Upstream;
    }
}
